package streamcache.clip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import streamcache.clip.Picture.Colour;
import streamcache.clip.Prediction.Way;

final class PredictionTest {

  private static final Colour GREY = new Colour(100, 90, 80);

  @Test
  void ofLuma_flat_isTakenFromWhateverIsThere() {
    Picture picture = new Picture(GREY);
    assertThat(Prediction.ofLuma(picture, 0, 0)).isEqualTo(Way.NONE);
    assertThat(Prediction.ofLuma(picture, 16, 0)).isEqualTo(Way.HORIZONTAL);
    assertThat(Prediction.ofLuma(picture, 0, 16)).isEqualTo(Way.VERTICAL);
    assertThat(Prediction.ofLuma(picture, 16, 16)).isEqualTo(Way.VERTICAL);
  }

  @Test
  void ofLuma_firstInTheMiddle_needsNoNeighbour() {
    Picture picture = new Picture(new Colour(128, 128, 128));
    assertThat(Prediction.ofLuma(picture, 0, 0)).isEqualTo(Way.MEAN);
    assertThat(Prediction.ofChroma(picture, 0, 0)).isEqualTo(Way.MEAN);
  }

  @Test
  void ofLuma_oneOtherPixel_isNone() {
    Picture picture = new Picture(GREY);
    picture.blend(16 + 15, 16 + 15, 200, 15);
    assertThat(Prediction.ofLuma(picture, 16, 16)).isEqualTo(Way.NONE);
    assertThat(Prediction.ofLuma(picture, 32, 16)).isEqualTo(Way.VERTICAL);
    assertThat(Prediction.ofLuma(picture, 16, 32)).isEqualTo(Way.HORIZONTAL);
    assertThat(Prediction.ofLuma(picture, 32, 32)).isEqualTo(Way.VERTICAL);
  }

  @Test
  void ofLuma_stripes_goOnTheirWay() {
    Picture picture = new Picture(GREY);
    picture.fill(20, 0, 4, Picture.HEIGHT, new Colour(200, 90, 80));
    assertThat(Prediction.ofLuma(picture, 16, 16)).isEqualTo(Way.VERTICAL);
    Picture level = new Picture(GREY);
    level.fill(0, 20, Picture.WIDTH, 4, new Colour(200, 90, 80));
    assertThat(Prediction.ofLuma(level, 16, 16)).isEqualTo(Way.HORIZONTAL);
  }

  @Test
  void ofLuma_meanOfDifferentNeighbours_isExact() {
    Picture picture = new Picture(GREY);
    picture.fill(16, 0, 16, 16, new Colour(103, 90, 80));
    picture.fill(16, 16, 16, 16, new Colour(102, 90, 80)); // (16 * 103 + 16 * 100 + 16) / 32
    assertThat(Prediction.ofLuma(picture, 16, 16)).isEqualTo(Way.MEAN);
    picture.fill(16, 16, 16, 16, new Colour(101, 90, 80));
    assertThat(Prediction.ofLuma(picture, 16, 16)).isEqualTo(Way.NONE);
  }

  /** H.264 section 8.3.4: the upper right quarter looks up, the lower left one looks left. */
  @Test
  void ofChroma_quarters_takeTheirOwnMeans() {
    Picture picture = new Picture(GREY);
    picture.fill(16, 0, 16, 16, new Colour(100, 94, 84));
    picture.fill(16, 16, 8, 8, new Colour(100, 92, 82));
    picture.fill(24, 16, 8, 8, new Colour(100, 94, 84));
    picture.fill(16, 24, 8, 8, new Colour(100, 90, 80));
    picture.fill(24, 24, 8, 8, new Colour(100, 92, 82));
    assertThat(Prediction.ofChroma(picture, 8, 8)).isEqualTo(Way.MEAN);
    picture.fill(24, 16, 8, 8, new Colour(100, 92, 84));
    assertThat(Prediction.ofChroma(picture, 8, 8)).isEqualTo(Way.NONE);
  }

  @Test
  void ofChroma_onlyOnePlaneFits_isNone() {
    Picture picture = new Picture(GREY);
    picture.fill(16, 16, 16, 16, new Colour(100, 90, 81));
    assertThat(Prediction.ofChroma(picture, 8, 8)).isEqualTo(Way.NONE);
  }
}
