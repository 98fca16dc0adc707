package streamcache.playback;

import java.time.Instant;
import java.util.Optional;
import streamcache.origin.HttpDate;

/** Evaluates conditional requests in the order of RFC 9110 section 13.2.2. Pure. */
final class Conditions {

  /** Covers clocks of a provider that differ by as much; the same as in RFC 7232. */
  private static final long STRONG_AFTER_SECONDS = 60;

  /** The result of the preconditions. */
  enum Outcome {
    MET,
    NOT_MODIFIED,
    FAILED
  }

  private Conditions() {}

  static Outcome evaluate(Headers request, Resource resource) {
    Optional<String> ifMatch = request.joined("If-Match");
    if (ifMatch.isPresent()) {
      if (!lists(ifMatch.get(), resource.etag(), /* weakly= */ false)) {
        return Outcome.FAILED;
      }
    } else if (isAfter(resource, request.first("If-Unmodified-Since"))) {
      return Outcome.FAILED;
    }
    Optional<String> ifNoneMatch = request.joined("If-None-Match");
    if (ifNoneMatch.isPresent()) {
      return lists(ifNoneMatch.get(), resource.etag(), /* weakly= */ true)
          ? Outcome.NOT_MODIFIED
          : Outcome.MET;
    }
    return isNotAfter(resource, request.first("If-Modified-Since"))
        ? Outcome.NOT_MODIFIED
        : Outcome.MET;
  }

  /** Whether If-Range, if present, allows the Range field to apply: strong comparison only. */
  static boolean rangeApplies(Headers request, Resource resource) {
    Optional<String> ifRange = request.first("If-Range").map(String::strip);
    if (ifRange.isEmpty()) {
      return true;
    }
    if (ifRange.get().startsWith("\"") || ifRange.get().startsWith("W/")) {
      return ifRange.get().equals(resource.etag());
    }
    return resource.lastModified().equals(ifRange) && isStrong(ifRange.get(), resource);
  }

  /**
   * Whether the file cannot have been changed again within the second of this date, after the
   * response with it was made (RFC 9110 section 8.8.2.2). A text that is no date is only compared.
   */
  private static boolean isStrong(String lastModified, Resource resource) {
    return HttpDate.parse(lastModified)
        .map(date -> resource.made() - date.getEpochSecond() >= STRONG_AFTER_SECONDS)
        .orElse(true);
  }

  private static boolean lists(String field, String etag, boolean weakly) {
    if (field.strip().equals("*")) {
      return true;
    }
    for (String element : field.split(",", -1)) {
      String tag = element.strip();
      if (tag.equals(etag) || (weakly && tag.equals("W/" + etag))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAfter(Resource resource, Optional<String> date) {
    return compare(resource, date).map(order -> order > 0).orElse(false);
  }

  private static boolean isNotAfter(Resource resource, Optional<String> date) {
    return compare(resource, date).map(order -> order <= 0).orElse(false);
  }

  /**
   * Compares our Last-Modified with the field's date; empty when either is missing or not a date.
   */
  private static Optional<Integer> compare(Resource resource, Optional<String> date) {
    if (date.isEmpty()) {
      return Optional.empty(); // Most requests have no condition, and parsing a date is slow.
    }
    Optional<Instant> ours = resource.lastModified().flatMap(HttpDate::parse);
    Optional<Instant> theirs = date.flatMap(HttpDate::parse);
    return ours.isPresent() && theirs.isPresent()
        ? Optional.of(ours.get().compareTo(theirs.get()))
        : Optional.empty();
  }
}
