// Days that lie ahead whenever this is run: of the year after this one, with both of its changes of the hour.
const now = new Date();

/** The year after this one. */
export const year = now.getUTCFullYear() + 1;

/** A day of that year as yyyy-MM-dd; a month or a day beyond the end is one of the next. */
export const day = (month, date) => new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);

/** A month of that year as yyyy-MM. */
export const month = (number) => day(number, 1).slice(0, 7);

/** The date of the last Sunday of a month, on which clocks change in Europe in March and in October. */
export function lastSunday(month) {
  const last = new Date(Date.UTC(year, month, 0));
  return last.getUTCDate() - last.getUTCDay();
}

/** A day that is over, as many days ago. */
export const ago = (days) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
