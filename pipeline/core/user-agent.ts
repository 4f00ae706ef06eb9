/** What the program calls itself in every request. */
export const USER_AGENT = "paperset (https://github.com/paperset/paperset)";
