package streamcache.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static streamcache.endtoend.Rig.MIB;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamcache.testkit.CheckedStream;
import streamcache.testkit.Content;
import streamcache.testkit.Script;

/**
 * Player threads never wait for the disk: file I/O holds the carrier of a virtual thread, and two
 * such threads would block all others on two cores. The JDK Flight Recorder observes this: it
 * records each read, write and sync of a file, but not what sendfile reads.
 */
final class VirtualThreadsTest {

  private static final Content FILM = Content.of(/* seed= */ 31, 20 * MIB + 5);
  private static final List<String> EVENTS =
      List.of("jdk.FileRead", "jdk.FileWrite", "jdk.FileForce");

  @TempDir Path folder;

  @Test
  void play_coldSoughtKeptAndRestarted_noVirtualThreadTouchesAFile() throws IOException {
    try (Recording recording = recording();
        Rig rig = Rig.start()) {
      rig.serve("/film.mkv", Script.of(FILM)).serve("/gone.mkv", Script.status(404));
      rig.get("/gone.mkv");
      try (CheckedStream player = rig.stream("/film.mkv", FILM)) {
        player.awaitBytes(MIB);
        rig.get("/film.mkv", "Range: bytes=-65536")
            .check(FILM, FILM.length() - 65_536, FILM.length());
      }
      rig.restart();
      rig.head("/film.mkv");
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.restart();
      rig.get("/film.mkv").check(FILM, 0, FILM.length());
      rig.get("/film.mkv", "Range: bytes=0-0,5-9");
      List<RecordedEvent> touched = touched(recording, rig.cache());
      assertThat(touched).as("the recorder sees what platform threads do").isNotEmpty();
      assertThat(touched.stream().filter(VirtualThreadsTest::isOnVirtualThread).toList()).isEmpty();
    }
  }

  private static Recording recording() {
    Recording recording = new Recording();
    EVENTS.forEach(event -> recording.enable(event).withThreshold(Duration.ZERO).withStackTrace());
    recording.start();
    return recording;
  }

  private List<RecordedEvent> touched(Recording recording, Path cache) throws IOException {
    recording.stop();
    Path file = folder.resolve("events.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> EVENTS.contains(event.getEventType().getName()))
        .filter(event -> isBelow(cache, event.getString("path")))
        .toList();
  }

  /** The path is unknown for a descriptor that the JDK inherited, such as standard output. */
  private static boolean isBelow(Path cache, @Nullable String path) {
    return path != null && path.startsWith(cache.toString());
  }

  private static boolean isOnVirtualThread(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    return thread != null && thread.isVirtual();
  }
}
