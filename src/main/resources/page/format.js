/** Numbers, sizes and times as people read them. */

const LANGUAGE = 'en';
const whole = new Intl.NumberFormat(LANGUAGE);
const tenth = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minutes = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' });

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

export function count(number) {
  return whole.format(number);
}

/** Bytes in powers of 1,024. */
export function size(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? whole.format(value) : tenth.format(value)} ${UNITS[unit]}`;
}

export function speed(bytesPerSecond) {
  return `${size(bytesPerSecond)}/s`;
}

/** Of today only the hour. */
export function time(instant) {
  const date = new Date(instant);
  const today = new Date().toDateString() === date.toDateString();
  return today ? clock.format(date) : `${day.format(date)}, ${minutes.format(date)}`;
}

export function minute(instant) {
  return minutes.format(new Date(instant));
}

/** With date and zone. */
export function moment(instant) {
  return full.format(new Date(instant));
}

export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${tenth.format(seconds)} s`;
  const minute = Math.floor(seconds / 60);
  if (minute < 60) return `${minute} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minute / 60)} h ${minute % 60} min`;
}
