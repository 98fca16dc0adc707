// How numbers and times are written.

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in decimal units, as disks are sold. */
export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** A length of time in its two largest units. */
export function duration(seconds) {
  const parts = [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = parts.findIndex(([length]) => seconds >= length);
  if (first < 0) {
    return '0 s';
  }
  let left = Math.floor(seconds);
  return parts
    .slice(first, first + 2)
    .map(([length, unit]) => {
      const count = Math.floor(left / length);
      left -= count * length;
      return count > 0 ? `${count} ${unit}` : '';
    })
    .filter((part) => part !== '')
    .join(' ');
}

/** A moment as the reader's own clock and language show it. */
export function moment(written) {
  return new Date(written).toLocaleString();
}
