package streamcache.clip;

import java.util.List;

/**
 * Computes how much of each pixel an outline covers: exact areas, in arithmetic that gives the same
 * result on every machine. Rows run downwards.
 */
final class Coverage {

  /** Segments per curve; at 54 pixels per letter, more would make no visible difference. */
  private static final int PIECES = 8;

  private final int width;
  private final int height;

  /** The length of a row: an edge in or beyond the last column changes the pixel to its right. */
  private final int stride;

  /** Per pixel, the change of the covered area from the pixel to its left. */
  private final double[] change;

  Coverage(int width, int height) {
    this.width = width;
    this.height = height;
    this.stride = width + 2;
    this.change = new double[stride * height];
  }

  /** Adds a closed contour in pixels; implied points between two control points are supported. */
  void add(List<FontFile.Point> contour) {
    int count = contour.size();
    FontFile.Point first = contour.getFirst();
    FontFile.Point last = contour.getLast();
    FontFile.Point start = first.onCurve() ? first : last.onCurve() ? last : middle(first, last);
    FontFile.Point from = start;
    for (int i = 0; i < count; i++) {
      FontFile.Point point = contour.get(i);
      FontFile.Point next = i + 1 < count ? contour.get(i + 1) : start;
      if (point.onCurve()) {
        line(from, point);
        from = point;
      } else {
        FontFile.Point to = next.onCurve() ? next : middle(point, next);
        curve(from, point, to);
        from = to;
      }
    }
    line(from, start);
  }

  private static FontFile.Point middle(FontFile.Point a, FontFile.Point b) {
    return new FontFile.Point((a.x() + b.x()) / 2, (a.y() + b.y()) / 2, /* onCurve= */ true);
  }

  private void curve(FontFile.Point from, FontFile.Point control, FontFile.Point to) {
    FontFile.Point before = from;
    for (int i = 1; i <= PIECES; i++) {
      double t = (double) i / PIECES;
      double s = 1 - t;
      FontFile.Point point =
          new FontFile.Point(
              s * s * from.x() + 2 * s * t * control.x() + t * t * to.x(),
              s * s * from.y() + 2 * s * t * control.y() + t * t * to.y(),
              /* onCurve= */ true);
      line(before, point);
      before = point;
    }
  }

  private void line(FontFile.Point a, FontFile.Point b) {
    if (a.y() == b.y()) {
      return;
    }
    double sign = a.y() < b.y() ? 1 : -1;
    FontFile.Point top = sign > 0 ? a : b;
    FontFile.Point bottom = sign > 0 ? b : a;
    double slope = (bottom.x() - top.x()) / (bottom.y() - top.y());
    for (int row = (int) top.y(); row < Math.min(height, Math.ceil(bottom.y())); row++) {
      double from = Math.max(row, top.y());
      double to = Math.min(row + 1, bottom.y());
      double x0 = top.x() + (from - top.y()) * slope;
      double x1 = top.x() + (to - top.y()) * slope;
      span(row, sign * (to - from), Math.min(x0, x1), Math.max(x0, x1));
    }
  }

  /** Adds an edge within one row, from x0 to x1, that covers the area to its right. */
  private void span(int row, double area, double x0, double x1) {
    int first = (int) x0;
    int last = (int) Math.ceil(x1);
    int at = row * stride + first;
    if (last <= first + 1) {
      double part = (x0 + x1) / 2 - first;
      change[at] += area * (1 - part);
      change[at + 1] += area * part;
      return;
    }
    double scale = area / (x1 - x0);
    double covered = 0;
    for (int x = first; x < last; x++) {
      double here = scale * (ramp(x + 1, x0, x1) - ramp(x, x0, x1));
      change[at++] += here - covered;
      covered = here;
    }
    change[at] += area - covered;
  }

  /** The area left of {@code x} and right of an edge of height 1 from x0 to x1, times x1 - x0. */
  private static double ramp(double x, double x0, double x1) {
    return (squared(x - x0) - squared(x - x1)) / 2;
  }

  private static double squared(double positive) {
    return positive > 0 ? positive * positive : 0;
  }

  /** Coverage from 0 (none) to 15 (full) per pixel, row by row. */
  byte[] levels() {
    byte[] levels = new byte[width * height];
    for (int row = 0; row < height; row++) {
      double covered = 0;
      for (int x = 0; x < width; x++) {
        covered += change[row * stride + x];
        levels[row * width + x] = (byte) Math.round(15 * Math.min(1, Math.abs(covered)));
      }
    }
    return levels;
  }
}
