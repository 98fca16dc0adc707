package streamcache.bench.sim;

/**
 * The viewers of a scene.
 *
 * @param viewers how many
 * @param titles 1: all watch the same film; otherwise each viewer watches a different one
 * @param wishes whether they seek and pause
 * @param remux whether something reads another film as fast as it can meanwhile
 */
record Viewership(int viewers, int titles, boolean wishes, boolean remux) {

  static Viewership of(int viewers, int titles) {
    return new Viewership(viewers, titles, /* wishes= */ true, /* remux= */ false);
  }

  Viewership withRemux() {
    return new Viewership(viewers, titles, wishes, /* remux= */ true);
  }

  Viewership withoutWishes() {
    return new Viewership(viewers, titles, /* wishes= */ false, remux);
  }

  @Override
  public String toString() {
    return "%d viewer%s, %d title%s%s%s"
        .formatted(
            viewers,
            viewers == 1 ? "" : "s",
            titles,
            titles == 1 ? "" : "s",
            wishes ? "" : ", no seeks",
            remux ? ", a remux" : "");
  }
}
