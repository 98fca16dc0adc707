package streamcache.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What all outboxes have in common, with a work that only counts. */
final class OutboxTest {

  private static final Duration LATER = Duration.ofMinutes(7);

  private final List<OutboxEvent> published = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();
  private int openings;
  private int deliveries;
  private boolean isDiskBad;
  private Optional<IOException> unsaved = Optional.empty();
  private final Outbox<Integer> outbox = new Outbox<>("test", this::open, published::add);

  private Outbox.Work open() throws IOException {
    openings++;
    failIfDiskIsBad();
    return new Outbox.Work() {
      @Override
      public void take() throws IOException {
        failIfDiskIsBad();
        while (!outbox.events().isEmpty()) {
          taken.add(outbox.events().remove());
        }
      }

      @Override
      public Duration deliver() {
        deliveries++;
        return LATER;
      }

      @Override
      public Optional<IOException> diskTrouble() {
        return unsaved;
      }
    };
  }

  private void failIfDiskIsBad() throws IOException {
    if (isDiskBad) {
      throw new IOException("full");
    }
  }

  @Test
  void round_eventsAreQueued_takesThemInOrderAndDelivers() {
    outbox.add(1);
    outbox.add(2);

    assertThat(outbox.round()).isEqualTo(LATER);

    assertThat(taken).containsExactly(1, 2);
    assertThat(deliveries).isEqualTo(1);
    assertThat(published).isEmpty();
  }

  @Test
  void round_journalCannotBeOpened_reportsItOnceAndOpensItLater() {
    isDiskBad = true;
    outbox.add(1);
    assertThat(outbox.round()).isPositive().isLessThan(LATER);
    assertThat(outbox.round()).isPositive().isLessThan(LATER);
    isDiskBad = false;

    assertThat(outbox.round()).isEqualTo(LATER);

    assertThat(openings).isEqualTo(3);
    assertThat(taken).containsExactly(1);
    assertThat(published)
        .containsExactly(
            new OutboxEvent(
                "test",
                OutboxEvent.Kind.UNAVAILABLE,
                "",
                "",
                "the queue cannot be saved to disk (IOException)"));
  }

  @Test
  void round_someEntriesAreInMemoryOnly_reportsItOnceUntilTheyAreSavedAndDeliversAllTheSame() {
    unsaved = Optional.of(new IOException("full"));
    outbox.round();
    outbox.round();
    unsaved = Optional.empty();
    outbox.round();
    unsaved = Optional.of(new IOException("full"));
    outbox.round();

    assertThat(published).hasSize(2);
    assertThat(deliveries).isEqualTo(4);
  }

  @Test
  void add_moreEventsThanTheLimit_dropsTheNewest() {
    for (int event = 0; event < 5000; event++) {
      outbox.add(event);
    }
    outbox.round();

    assertThat(taken).hasSize(4096).startsWith(0, 1).endsWith(4095);
  }

  /** A call that the shutdown cut off is no trouble of the other program. */
  @Test
  void publish_whileClosing_isSilent() {
    outbox.close();

    outbox.publish(OutboxEvent.Kind.UNAVAILABLE, "a call was cut off");

    assertThat(published).isEmpty();
  }

  @Test
  void pause_failuresInARow_growsAndReportsTheFirst() {
    Instant now = Instant.EPOCH;
    Backoff backoff = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1));
    DeliveryPause pause = new DeliveryPause(backoff, () -> now);

    assertThat(pause.isOver()).isTrue();
    assertThat(pause.failed()).isTrue();
    assertThat(pause.left()).isEqualTo(Duration.ofSeconds(10));
    assertThat(pause.failed()).isFalse();
    assertThat(pause.until()).isEqualTo(now.plusSeconds(20));
    assertThat(pause.succeeded()).isTrue();
    assertThat(pause.succeeded()).isFalse();
    assertThat(pause.failed()).isTrue();
  }
}
