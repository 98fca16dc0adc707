package streamcache.playback;

import java.util.List;
import java.util.Optional;
import streamcache.range.ByteRange;
import streamcache.range.RangeHeader;

/** The response to a request, by the rules of RFC 9110 sections 13 and 14. */
public sealed interface Plan {

  /** 304. */
  record NotModified() implements Plan {}

  /** 412. */
  record PreconditionFailed() implements Plan {}

  /** 416. */
  record Unsatisfiable(long total) implements Plan {}

  /** 200 with the whole file, of known length or not. */
  record Whole() implements Plan {}

  /** 206 with one range. */
  record Part(ByteRange range) implements Plan {}

  /** 206 as multipart/byteranges. */
  record Parts(List<ByteRange> ranges) implements Plan {}

  /**
   * 206 of a file whose length is unknown: the bytes of {@code [start, end)} that have arrived.
   *
   * @param end Long.MAX_VALUE when the player named none
   */
  record Growing(long start, long end) implements Plan {}

  static Plan of(Request request, Resource resource) {
    return switch (Conditions.evaluate(request.headers(), resource)) {
      case FAILED -> new PreconditionFailed();
      case NOT_MODIFIED -> new NotModified();
      case MET -> ranges(request, resource);
    };
  }

  private static Plan ranges(Request request, Resource resource) {
    Optional<List<RangeHeader.Spec>> specs = asked(request);
    if (specs.isEmpty() || !Conditions.rangeApplies(request.headers(), resource)) {
      return new Whole();
    }
    if (resource.total().isEmpty()) {
      return growing(specs.get());
    }
    long total = resource.total().getAsLong();
    return switch (RangeHeader.resolve(specs.get(), total)) {
      case RangeHeader.Unsatisfiable _ -> new Unsatisfiable(total);
      case RangeHeader.Whole _ -> new Whole();
      case RangeHeader.Single(ByteRange range) -> new Part(range);
      case RangeHeader.Several(List<ByteRange> ranges) -> new Parts(ranges);
    };
  }

  /**
   * The ranges that the request asks for; empty without an applicable Range field. Range applies to
   * GET only.
   */
  static Optional<List<RangeHeader.Spec>> asked(Request request) {
    return request.method().equals("GET")
        ? request.headers().joined("Range").flatMap(RangeHeader::parse)
        : Optional.empty();
  }

  /** While the length is unknown, only a single range with a start can be served. */
  private static Plan growing(List<RangeHeader.Spec> specs) {
    if (specs.size() != 1) {
      return new Whole();
    }
    return switch (specs.getFirst()) {
      case RangeHeader.FromTo(long first, long last) ->
          new Growing(first, last == Long.MAX_VALUE ? last : last + 1);
      case RangeHeader.From(long first) ->
          first == 0 ? new Whole() : new Growing(first, Long.MAX_VALUE);
      case RangeHeader.Suffix _ -> new Whole();
    };
  }

  /** Whether the request is for the beginning of a title, as when a player opens one. */
  static boolean opens(Request request) {
    return asked(request)
        .map(specs ->
            switch (specs.getFirst()) {
              case RangeHeader.FromTo(long first, _) -> first == 0;
              case RangeHeader.From(long first) -> first == 0;
              case RangeHeader.Suffix _ -> false;
            })
        .orElse(true);
  }

  /**
   * The bytes a request asks for, as far as known before the length is: where to begin fetching a
   * title that nobody has seen yet.
   */
  static ByteRange firstWish(Request request) {
    long end = Long.MAX_VALUE;
    Optional<List<RangeHeader.Spec>> specs = asked(request);
    if (specs.isEmpty()) {
      return new ByteRange(0, end);
    }
    return switch (specs.get().getFirst()) {
      case RangeHeader.FromTo(long first, long last) ->
          new ByteRange(first, last == Long.MAX_VALUE ? last : last + 1);
      case RangeHeader.From(long first) -> new ByteRange(first, end);
      case RangeHeader.Suffix _ -> new ByteRange(0, end);
    };
  }
}
