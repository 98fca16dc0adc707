package streamcache.bench.sim;

/**
 * Who watches.
 *
 * @param viewers how many
 * @param titles 1: all the same film; else each viewer one of his own
 * @param wishes whether they seek and pause
 * @param remux whether something reads another film as fast as it can meanwhile
 */
record Audience(int viewers, int titles, boolean wishes, boolean remux) {

  static Audience of(int viewers, int titles) {
    return new Audience(viewers, titles, /* wishes= */ true, /* remux= */ false);
  }

  Audience withRemux() {
    return new Audience(viewers, titles, wishes, /* remux= */ true);
  }

  Audience withoutWishes() {
    return new Audience(viewers, titles, /* wishes= */ false, remux);
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
