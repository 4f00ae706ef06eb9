import { serve } from "../../core/threads.ts";
import { dedupeAnswers } from "./answers.ts";

serve(dedupeAnswers());
