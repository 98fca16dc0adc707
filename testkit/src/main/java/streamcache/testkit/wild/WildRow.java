package streamcache.testkit.wild;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import streamcache.testkit.Cut;
import streamcache.testkit.Script;
import streamcache.testkit.Script.Ranges;
import streamcache.testkit.StreamLimit;
import streamcache.testkit.Wire;
import streamcache.testkit.player.Films;
import streamcache.testkit.player.Films.Container;

/**
 * One kind of provider of the public bug reports, and what a player may cost it. The number is that
 * of the report. Immutable.
 */
public enum WildRow {
  HEALTHY("-", (wire, film) -> wire.play(film)),
  THROTTLES_OPEN_RANGES("b02", WildRow::throttlesOpenRanges),
  TAG_PER_ANSWER(
      "b03", (wire, film) -> wire.play(half(wire, film).etag("\"edge-" + number(wire) + "\""))),
  DATE_IS_NOW(
      "b14",
      (wire, film) -> {
        String date = "Thu, 01 Jan 2026 00:%02d:00 GMT".formatted(number(wire) % 60);
        wire.play(half(wire, film).etag(null).lastModified(date));
      }),
  IF_RANGE_GETS_THE_WHOLE(
      "b04",
      (wire, film) -> {
        boolean isWhole = wire.request().header("If-Range").isPresent();
        wire.play(isWhole ? film.ranges(Ranges.IGNORED) : half(wire, film));
      }),
  CODING_AWS_CHUNKED("b05", coding("aws-chunked")),
  CODING_UTF_8("b05", coding("utf-8")),
  RANGE_EQUALS("b06", spelled(Spelling.EQUALS)),
  RANGE_COLON("b06", spelled(Spelling.COLON)),
  RANGE_NO_UNIT("b06", spelled(Spelling.NO_UNIT)),
  RANGE_BLANKS("b06", spelled(Spelling.BLANKS)),
  RANGE_TOTAL_ZERO("b06", spelled(Spelling.TOTAL_ZERO)),
  RANGE_TOTAL_NEGATIVE("b06", spelled(Spelling.TOTAL_NEGATIVE)),
  RANGE_OFF_BY_ONE("b06", spelled(Spelling.END_EXCLUSIVE)),
  RANGE_TOTAL_STAR("b06*", (wire, film) -> wire.play(bare(film).totalUnknown())),
  RANGE_ABSENT("b07", spelled(Spelling.ABSENT)),
  RANGE_REFUSED_403("b08", refusedWithRange(403)),
  RANGE_REFUSED_416("b08", refusedWithRange(416)),
  RANGE_REFUSED_501("b08", refusedWithRange(501)),
  RANGE_REFUSED_503("b08", refusedWithRange(503)),
  PART_CALLED_200(
      "b09",
      (wire, film) ->
          wire.play(
              half(wire, film).rawHead(head -> head.replace("HTTP/1.1 206", "HTTP/1.1 200")))),
  FIRST_BYTE_AFTER_3_S(
      "b11", (wire, film) -> wire.play(first(wire, film, film.headDelay(Duration.ofSeconds(3))))),
  FIRST_BYTE_AFTER_12_S(
      "b11", (wire, film) -> wire.play(first(wire, film, film.headDelay(Duration.ofSeconds(12))))),
  REFERER_BEYOND_A_REDIRECT("b17", WildRow::wantsReferer),
  BRIEF_202("b22", briefly(202)),
  BRIEF_408("b22", briefly(408)),
  BRIEF_425("b22", briefly(425)),
  BRIEF_500("b22", briefly(500)),
  BRIEF_520("b22", briefly(520)),
  BRIEF_530("b22", briefly(530)),
  NOT_READY_TWICE("b37", WildRow::isNotReadyTwice),
  TS_AS_MPEGURL("b25", (wire, film) -> wire.play(film.type("application/vnd.apple.mpegurl"))),
  MP4_AS_DASH("b25", (wire, film) -> wire.play(film.type("application/dash+xml"))),
  MP4_AS_HTML("b25", (wire, film) -> wire.play(film.type("text/html"))),
  TWO_NAMES_ONE_CONNECTION("b26", (wire, film) -> wire.play(film)),
  CLIP_UNTIL_READY(
      "b12", (wire, film) -> wire.play(first(wire, film, Script.redirect(WildProvider.CLIP)))),
  RECORDING_THAT_GROWS("b13", WildRow::grows),
  THREE_DEAD_ADDRESSES("b19", (wire, film) -> wire.play(film)),
  DISC_IMAGE("b20", (wire, film) -> wire.play(film.type("application/x-cd-image"))),
  CERTIFICATE_OF_ITS_OWN("b41", (wire, film) -> wire.play(film)),
  REFUSES_AGENTS_BUT_ONE("b42", WildRow::refusesAgents),
  COOKIE_OF_THE_FILM("b43", WildRow::wantsCookie),
  CAPPED_1_MIB("b01", (wire, film) -> wire.play(film.cap(1 << 20))),
  CAPPED_64_KIB_BARE("suites", (wire, film) -> wire.play(bare(film).cap(64 << 10))),
  STATUS_203("suites", success(203)),
  STATUS_299("suites", success(299)),
  STRAY_RANGE_ON_200(
      "suites",
      (wire, film) ->
          wire.play(film.ranges(Ranges.IGNORED).header("Content-Range", "bytes 5-19/20"))),
  NEVER_COMPLETE(
      "b23b",
      (wire, film) -> wire.play(bare(film).ranges(Ranges.IGNORED).cutAfter(2 << 20, Cut.FIN)));

  /** How the provider answers one request. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Wire wire, Script film) throws IOException;
  }

  /** The agent of a player that has played at a provider before. */
  static final String KNOWN_AGENT = "Kodi/21.1";

  /** The host name of {@link #THREE_DEAD_ADDRESSES}. */
  private static final String SEVERAL = "several.example";

  /** What the system must resolve, in the form of {@code /etc/hosts}; nobody listens on three. */
  public static final List<String> HOSTS =
      Stream.of("127.0.0.97", "127.0.0.98", "127.0.0.99", "127.0.0.1")
          .map(address -> address + " " + SEVERAL)
          .toList();

  /** The Referer that a link names. */
  static final String REFERER = "http://site.example/";

  /** What part of a recording was there at first is one of so many. */
  private static final int RECORDED = 3;

  private final String report;

  @SuppressWarnings("ImmutableEnumChecker") // No behaviour has state.
  private final Behaviour behaviour;

  WildRow(String report, Behaviour behaviour) {
    this.report = report;
    this.behaviour = behaviour;
  }

  /** The number of the report. */
  public String report() {
    return report;
  }

  void answer(Wire wire, Script film) throws IOException {
    behaviour.answer(wire, film);
  }

  public Container container() {
    return switch (this) {
      case TS_AS_MPEGURL, RECORDING_THAT_GROWS, DISC_IMAGE -> Container.TS;
      // ffmpeg takes a total that is not stated for 0 and cannot look for an index at the end.
      case RANGE_TOTAL_ZERO, RANGE_TOTAL_NEGATIVE, RANGE_TOTAL_STAR -> Container.MKV;
      default -> Container.MP4_INDEX_AT_END;
    };
  }

  /** The file that the provider has. Creates it if it does not exist yet. */
  public Path film(Films films, Duration length, int kilobits) {
    return this == DISC_IMAGE
        ? films.discImage(length, kilobits)
        : films.film(container(), length, kilobits);
  }

  /** Of the file. */
  public String extension() {
    return this == DISC_IMAGE ? "iso" : container().extension();
  }

  /** Whether only players that search a file for a film of any kind can play it. */
  public boolean isForFfmpeg() {
    return this == DISC_IMAGE;
  }

  /** Whether any player can play it: one provider never sends the end of the film. */
  public boolean plays() {
    return this != NEVER_COMPLETE;
  }

  /** Whether a player takes much longer than it would at a good provider. */
  public boolean isSlow() {
    return this == FIRST_BYTE_AFTER_12_S || this == NEVER_COMPLETE;
  }

  /** Whether the provider has another file at first. */
  boolean isReplaced() {
    return this == CLIP_UNTIL_READY || this == RECORDING_THAT_GROWS;
  }

  /** What the link says in place of the provider's address. */
  String host() {
    return this == THREE_DEAD_ADDRESSES ? SEVERAL : "127.0.0.1";
  }

  /** What the link names for its players, as Kodi has it. */
  String suffix() {
    return switch (this) {
      case REFERER_BEYOND_A_REDIRECT -> "|Referer=" + REFERER;
      case CERTIFICATE_OF_ITS_OWN -> "|verifypeer=false";
      default -> "";
    };
  }

  /** Whether a host name hands over to another one. */
  boolean isRedirected() {
    return this == REFERER_BEYOND_A_REDIRECT || this == TWO_NAMES_ONE_CONNECTION;
  }

  /** The limit on the streams of both names together; null: none. */
  @Nullable StreamLimit limit() {
    return this == TWO_NAMES_ONE_CONNECTION ? StreamLimit.of(1, 458) : null;
  }

  /** What is set for the provider, as lines of its block. */
  List<String> settings() {
    return switch (this) {
      case THROTTLES_OPEN_RANGES -> List.of("RANGE_SIZE = 2MiB");
      case CERTIFICATE_OF_ITS_OWN -> List.of("DISABLE_SSL_VERIFY = 1");
      default -> List.of();
    };
  }

  /** The most requests of one player with the fill behind it, for a film of this many bytes. */
  public int mostRequests(long film) {
    return switch (this) {
      case CAPPED_1_MIB -> (int) (film >> 20) + 8;
      case CAPPED_64_KIB_BARE -> (int) (film >> 15) + 8;
      case NEVER_COMPLETE -> 30;
      default -> 12;
    };
  }

  /** The most bytes of one player with the fill behind it, as a multiple of the film. */
  public double mostBytes() {
    return switch (this) {
      // Each response meets the one before in 64 KiB that are compared: as much as it brings.
      case CAPPED_64_KIB_BARE -> 2.1;
      case NEVER_COMPLETE -> 4;
      // The beginning again, where a part cannot be requested.
      case STATUS_203, STATUS_299, STRAY_RANGE_ON_200 -> 2.05;
      case RANGE_REFUSED_403, RANGE_REFUSED_416, RANGE_REFUSED_501, RANGE_REFUSED_503 -> 2.05;
      case RECORDING_THAT_GROWS -> 1.25 + 1.0 / RECORDED;
      // Bytes that are compared, and those in flight when a response is given up.
      default -> 1.25;
    };
  }

  private static int number(Wire wire) {
    return wire.request().number();
  }

  private static Script bare(Script film) {
    return film.etag(null).lastModified(null);
  }

  /** The first response ends at half of what it began. */
  private static Script half(Wire wire, Script film) {
    return first(wire, film, film.cutAfter(4 << 20, Cut.FIN));
  }

  private static Script first(Wire wire, Script film, Script first) {
    return number(wire) == 1 ? first : film;
  }

  private static Behaviour coding(String name) {
    return (wire, film) -> wire.play(film.header("Content-Encoding", name));
  }

  private static Behaviour spelled(Spelling spelling) {
    return (wire, film) -> wire.play(film.rawHead(spelling::applyTo));
  }

  private static Behaviour briefly(int status) {
    return (wire, film) -> wire.play(first(wire, film, Script.status(status)));
  }

  private static Behaviour success(int status) {
    return (wire, film) -> wire.play(film.ranges(Ranges.IGNORED).statusLine(status, "Fine"));
  }

  private static Behaviour refusedWithRange(int status) {
    return (wire, film) -> {
      boolean isRefused = wire.request().range().isPresent();
      wire.play(isRefused ? Script.status(status) : film.ranges(Ranges.IGNORED));
    };
  }

  private static void throttlesOpenRanges(Wire wire, Script film) throws IOException {
    boolean isClosed = wire.request().range().orElse("").matches("bytes=\\d+-\\d+");
    wire.play(isClosed ? film : film.pace(100_000));
  }

  private static void wantsReferer(Wire wire, Script film) throws IOException {
    boolean isNamed = wire.request().header("Referer").orElse("").equals(REFERER);
    wire.play(isNamed ? film : Script.status(403));
  }

  private static void isNotReadyTwice(Wire wire, Script film) throws IOException {
    wire.play(
        switch (number(wire)) {
          case 1 -> Script.status(503).header("Retry-After", "2");
          case 2 ->
              Script.status(503)
                  .header("Date", "Sun, 01 Mar 2020 00:00:00 GMT")
                  .header("Retry-After", "Sun, 01 Mar 2020 00:00:02 GMT");
          default -> film;
        });
  }

  private static void refusesAgents(Wire wire, Script film) throws IOException {
    boolean isKnown = wire.request().header("User-Agent").orElse("").equals(KNOWN_AGENT);
    wire.play(isKnown ? film : Script.status(461));
  }

  private static void grows(Wire wire, Script film) throws IOException {
    Script recording = film.etag(null);
    Script before =
        recording
            .content(WildProvider.beginning(film.content(), RECORDED))
            .lastModified("Wed, 31 Dec 2025 00:00:00 GMT");
    wire.play(first(wire, recording, before));
  }

  private static void wantsCookie(Wire wire, Script film) throws IOException {
    boolean isFirst = wire.request().range().orElse("bytes=0-").startsWith("bytes=0-");
    boolean isKnown = wire.request().header("Cookie").orElse("").contains("sid=canary");
    Script cookie = half(wire, film).header("Set-Cookie", "sid=canary; Path=/");
    wire.play(isFirst || isKnown ? cookie : Script.status(412));
  }
}
