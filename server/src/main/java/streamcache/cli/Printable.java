package streamcache.cli;

import java.util.Locale;

/** Values of the API as a terminal shows them. Pure. */
final class Printable {

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Printable() {}

  /** The text without characters that a terminal would obey: names are chosen by providers. */
  static String of(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  /** With three digits, such as {@code 4.29 GB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String format =
        unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }

  /** The two largest units, such as {@code 3 h 12 min}. */
  static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }

  /** A number with its noun, such as {@code 1 title} and {@code 1,200 titles}. */
  static String count(long number, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
  }

  /** The share in percent, rounded down, so that only all of it is 100. */
  static String share(long part, long whole) {
    return whole <= 0 ? "" : Math.min(100, part * 100 / whole) + " %";
  }
}
