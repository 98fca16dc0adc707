package streamcache.testkit.player;

import java.time.Duration;

/** The video element of a page in Chromium, muted, playing one film. Owned by one thread. */
public final class VideoElement {

  /** Resolves at one event; rejects with the media error or after half a minute. */
  private static final String AWAIT =
      """
      function awaitEvent(video, name) {
        return new Promise((resolve, reject) => {
          video.addEventListener(name, () => resolve(name), {once: true});
          video.addEventListener('error', () => reject(describe(video)), {once: true});
          setTimeout(() => reject('no ' + name + ': ' + describe(video)), 30000);
        });
      }
      function describe(video) {
        const error = video.error;
        return 'error ' + (error ? error.code + ' ' + error.message : 'none')
            + ', ready ' + video.readyState + ', network ' + video.networkState
            + ', at ' + video.currentTime;
      }
      """;

  private final Chromium chromium;

  private VideoElement(Chromium chromium) {
    this.chromium = chromium;
  }

  /**
   * Opens a film in a page of its own; returns when it plays.
   *
   * @throws AssertionError if it cannot be played; the message has the media error
   */
  public static VideoElement play(Chromium chromium, String url) {
    return play(chromium, url, /* attributes= */ "muted");
  }

  /**
   * As the other form, with {@code crossorigin}: the film is played only if its server allows the
   * page to read it, and the page may then read its {@link #pixel}s.
   */
  public static VideoElement playReadable(Chromium chromium, String url) {
    return play(chromium, url, "muted crossorigin");
  }

  private static VideoElement play(Chromium chromium, String url, String attributes) {
    chromium.show(
        "<body style='margin:0'><video style='width:100vw;height:100vh' "
            + attributes
            + "></video>");
    chromium.evaluate(AWAIT + "'ready'");
    chromium.evaluate(
        """
        (async () => {
          const video = document.querySelector('video');
          const playing = awaitEvent(video, 'playing');
          video.src = '%s';
          video.play().catch(() => {});
          return await playing;
        })()
        """
            .formatted(url));
    return new VideoElement(chromium);
  }

  /** Seeks; returns when it has played on a little from there. */
  public void seek(Duration to) {
    chromium.evaluate(
        """
        (async () => {
          const video = document.querySelector('video');
          const seeked = awaitEvent(video, 'seeked');
          video.currentTime = %s;
          await seeked;
          while (video.currentTime < %<s + 0.3) {
            await awaitEvent(video, 'timeupdate');
          }
          return 'there';
        })()
        """
            .formatted(to.toMillis() / 1000.0));
  }

  /** Returns the playback position in seconds. */
  public double position() {
    return number("currentTime");
  }

  /** Returns the length of the film in seconds. */
  public double duration() {
    return number("duration");
  }

  /** Returns the width of the picture in pixels. */
  public int width() {
    return (int) number("videoWidth");
  }

  /**
   * Returns the colour of a pixel of the current frame, as 0xRRGGBB. Only for a film of the same
   * origin as the page that was open before.
   */
  public int pixel(int x, int y) {
    String colour =
        chromium.evaluate(
            """
            (() => {
              const video = document.querySelector('video');
              const canvas = document.createElement('canvas');
              canvas.width = video.videoWidth;
              canvas.height = video.videoHeight;
              const context = canvas.getContext('2d');
              context.drawImage(video, 0, 0);
              const [red, green, blue] = context.getImageData(%d, %d, 1, 1).data;
              return red * 65536 + green * 256 + blue;
            })()
            """
                .formatted(x, y));
    return Integer.parseInt(colour);
  }

  private double number(String property) {
    return Double.parseDouble(chromium.evaluate("document.querySelector('video')." + property));
  }
}
