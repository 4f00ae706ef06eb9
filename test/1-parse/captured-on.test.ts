import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capturedOn, isDayLabel } from "../../pipeline/1-parse/captured-on.ts";

describe("a day label", () => {
  test.each([
    "Mar 14",
    "mar 1",
    "MAR 14",
    "March 14",
    "Mar. 14",
    "Sept 4",
    "Sep. 04",
    "May 5",
    "Mar 14, 2025",
    "December 31, 1999",
  ])("is %s", (text) => {
    expect(isDayLabel(text)).toBe(true);
  });

  test.each([
    "",
    "Mar",
    "14",
    "14 Mar",
    "Mar 14 2025",
    "Mar 14, 25",
    "Mar 114",
    "Xyz 14",
    "Ma 14",
    "On Mar 14",
    "Mar 14.",
    "2025-03-14",
    "Figure 3",
  ])("is not %j", (text) => {
    expect(isDayLabel(text)).toBe(false);
  });

  test.each(["Octopus 2", "Decoder 12", "Janus 7", "Mayfly 3", "Marvel 10"])(
    "is not the title %s",
    (title) => {
      expect(isDayLabel(title)).toBe(false);
    },
  );
});

describe("a label with a year", () => {
  test("is that day, whatever the file's name and the year given say", () => {
    expect(capturedOn("Mar 14, 2025", "list.txt", null)).toBe("2025-03-14");
    expect(capturedOn("March 4, 2025", "2024-01-02.txt", 2023)).toBe("2025-03-04");
  });

  test("may be in ISO form, as pages' data have it", () => {
    expect(capturedOn("2025-03-14", "2024-01-02.txt", 2023)).toBe("2025-03-14");
    expect(capturedOn("2025-02-30", "2024-01-02.txt", 2023)).toBeNull();
  });

  test("is no day where the calendar has none", () => {
    expect(capturedOn("Feb 30, 2024", "list.txt", null)).toBeNull();
    expect(capturedOn("Feb 29, 2025", "list.txt", null)).toBeNull();
    expect(capturedOn("Feb 29, 2024", "list.txt", null)).toBe("2024-02-29");
    expect(capturedOn("Mar 0, 2024", "list.txt", null)).toBeNull();
  });
});

describe("a label without a year", () => {
  test("is unknown where nothing tells the year", () => {
    expect(capturedOn("Mar 14", "list.txt", null)).toBeNull();
  });

  test("takes the year that was given", () => {
    expect(capturedOn("Mar 14", "list.txt", 2023)).toBe("2023-03-14");
    expect(capturedOn("Feb 29", "list.txt", 2023)).toBeNull();
  });

  test("takes the year of the date in the file's name before the year that was given", () => {
    expect(capturedOn("Mar 14", "2025-03-16-list.txt", 2023)).toBe("2025-03-14");
  });

  test("may be a little after the date in the name, in the same year", () => {
    expect(capturedOn("Mar 18", "2025-03-16-list.txt", null)).toBe("2025-03-18");
  });

  test.each([
    ["Dec 31", "2025-01-01.txt", "2024-12-31"],
    ["Dec 1", "2025-01-20.txt", "2024-12-01"],
    ["Nov 28", "2025-02-03.txt", "2024-11-28"],
    ["Jan 2", "2025-01-03.txt", "2025-01-02"],
    ["Jan 2", "2025-12-30.txt", "2026-01-02"],
  ])("%s in a page saved as %s is %s: of the year that brings it nearest", (label, name, day) => {
    expect(capturedOn(label, name, null)).toBe(day);
  });

  test("turns to another year just where that is nearer", () => {
    expect(capturedOn("Jul 2", "2025-01-01.txt", null)).toBe("2025-07-02");
    expect(capturedOn("Jul 4", "2025-01-01.txt", null)).toBe("2024-07-04");
  });
});

describe("a capture without a label", () => {
  test("is of the day in its file's name, or of none", () => {
    expect(capturedOn(null, "2025-03-16-list.txt", null)).toBe("2025-03-16");
    expect(capturedOn(null, "spring/list_2025-03-16.txt", 2023)).toBe("2025-03-16");
    expect(capturedOn(null, "list.txt", 2023)).toBeNull();
  });

  test.each([
    "2025-13-01.txt",
    "2025-02-30.txt",
    "12025-03-16.txt",
    "2025-03-161.txt",
    "20250316.txt",
    "2025-3-16.txt",
  ])("has no day from the name %s, which holds none", (name) => {
    expect(capturedOn(null, name, null)).toBeNull();
  });
});

test("any real day comes back from its label with a year", () => {
  const format = new Intl.DateTimeFormat("en-US", {
    month: "long",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });
  const days = fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const label = format.format(date);
      expect(isDayLabel(label)).toBe(true);
      expect(capturedOn(label, "list.txt", null)).toBe(date.toISOString().slice(0, 10));
    }),
  );
});

test("a label without a year is never far from the date in the file's name", () => {
  const format = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
  const days = fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 180 }), (saved, before) => {
      const shown = new Date(saved.getTime() - before * 86_400_000);
      const name = `${saved.toISOString().slice(0, 10)}.txt`;
      expect(capturedOn(format.format(shown), name, null)).toBe(shown.toISOString().slice(0, 10));
    }),
  );
});
