package streamcache.testkit.soak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import streamcache.testkit.Content;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Ranges;
import streamcache.testkit.Wire;
import streamcache.testkit.wild.Spelling;

/**
 * A way in which providers of public bug reports answer, in a form that differs from one request of
 * a path to the next. Players that ask such a provider directly play. Immutable.
 */
enum WildKind {
  TAG_PER_ANSWER {
    @Override
    Script script(Script film, int number) {
      return film.etag("\"edge-" + number + "\"");
    }
  },
  DATE_IS_NOW {
    @Override
    Script script(Script film, int number) {
      String time = "Thu, 01 Jan 2026 %02d:%02d:00 GMT".formatted(number / 60, number % 60);
      return film.etag(null).lastModified(time);
    }
  },
  ODD_CONTENT_RANGE {
    @Override
    Script script(Script film, int number) {
      Spelling spelling = Spelling.of(number);
      return film.rawHead(spelling::applyTo);
    }
  },
  ODD_CONTENT_RANGE_NO_VALIDATOR {
    @Override
    Script script(Script film, int number) {
      return ODD_CONTENT_RANGE.script(film.etag(null).lastModified(null), number);
    }
  },
  FALSE_CODING {
    @Override
    Script script(Script film, int number) {
      return film.header("Content-Encoding", number % 2 == 0 ? "utf-8" : "aws-chunked");
    }
  },
  FALSE_TYPE {
    @Override
    Script script(Script film, int number) {
      return film.type(TYPES.get(number % TYPES.size()));
    }
  },
  OTHER_SUCCESS {
    @Override
    Script script(Script film, int number) {
      return film.ranges(Ranges.IGNORED).statusLine(number % 2 == 0 ? 203 : 299, "Fine");
    }
  },
  COOKIE_OF_THE_FILM {
    @Override
    Script script(Script film, int number) {
      return film.header("Set-Cookie", "sid=canary; Path=/");
    }

    @Override
    void answer(Wire wire, Script film) throws IOException {
      boolean isFirst = wire.request().range().orElse("bytes=0-").startsWith("bytes=0-");
      boolean isKnown = wire.request().header("Cookie").orElse("").contains("sid=canary");
      if (isFirst || isKnown) {
        super.answer(wire, film);
      } else {
        wire.play(Script.status(412));
      }
    }
  },
  /** One brief failure in front of each few responses, the first of a title included. */
  BRIEF_FAILURE {
    @Override
    Script script(Script film, int number) {
      if (number % 4 != 1) {
        return film;
      }
      Script failure = Script.status(BRIEF.get(number / 4 % BRIEF.size()));
      return switch (number / 4 % 3) {
        case 0 -> failure;
        case 1 -> failure.header("Retry-After", "1");
        default ->
            failure
                .header("Date", "Sun, 01 Mar 2020 00:00:00 GMT")
                .header("Retry-After", "Sun, 01 Mar 2020 00:00:01 GMT");
      };
    }
  },
  SLOW_FIRST_BYTE {
    @Override
    Script script(Script film, int number) {
      return number % 2 == 0
          ? film.headDelay(Duration.ofMillis(1200))
          : film.firstByteDelay(Duration.ofMillis(1200));
    }
  };

  private static final List<String> TYPES =
      List.of("application/vnd.apple.mpegurl", "text/html", "application/dash+xml", "image/png");

  private static final List<Integer> BRIEF = List.of(202, 425, 408, 500, 520, 530);

  /** What an ISO file begins with, so that a type that says otherwise is a lie. */
  private static final byte[] ISO =
      "\0\0\0\u0018ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1);

  /** The script of the n-th response to one path. */
  abstract Script script(Script film, int number);

  /** Answers one request for a film. */
  void answer(Wire wire, Script film) throws IOException {
    wire.play(script(film, wire.request().number()));
  }

  /** A film that begins as a film does; each byte behind its head follows from the seed. */
  static Content film(long seed, long length) {
    Content body = Content.of(seed, length);
    return Content.computed(length, (offset, into) -> fill(body, offset, into));
  }

  private static void fill(Content body, long offset, ByteBuffer into) {
    int from = into.position();
    body.fill(offset, into);
    for (long at = offset; at < Math.min(ISO.length, offset + into.position() - from); at++) {
      into.put(from + (int) (at - offset), ISO[(int) at]);
    }
  }
}
