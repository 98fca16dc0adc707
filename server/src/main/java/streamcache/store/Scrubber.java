package streamcache.store;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import streamcache.link.TitleKey;
import streamcache.range.RangeSet;

/**
 * Checks at the janitor's interval whether the disk still holds what the range sets say: for every
 * open title, and for a few closed ones, whose sidecars it reads. Bytes that somebody truncated,
 * punched or deleted become holes before they are served as zeros. On the keeper thread.
 */
final class Scrubber {
  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

  /** Closed titles checked in a round: this many of all, and this many of the pinned ones. */
  private static final int FEW = 4;

  private final StoreParts parts;
  private final AccessIndex index;
  private final Function<TitleKey, Title> opener;
  private final Predicate<Title> discard;
  private final Round all = new Round();
  private final Round pinned = new Round();
  private long doneAt;

  /** The progress of an iteration over all titles, in the order of their keys. */
  private static final class Round {
    private String behind = "";

    List<AccessIndex.Known> few(List<AccessIndex.Known> known) {
      List<AccessIndex.Known> next =
          known.stream()
              .filter(one -> one.use().key().value().compareTo(behind) > 0)
              .sorted(Comparator.comparing(one -> one.use().key().value()))
              .limit(FEW)
              .toList();
      behind = next.size() < FEW ? "" : next.getLast().use().key().value();
      return next;
    }
  }

  /**
   * @param opener opens a title and holds it
   * @param discard deletes a title that nobody else holds; returns whether it did
   */
  Scrubber(
      StoreParts parts,
      AccessIndex index,
      Function<TitleKey, Title> opener,
      Predicate<Title> discard) {
    this.parts = parts;
    this.index = index;
    this.opener = opener;
    this.discard = discard;
    this.doneAt = parts.time().nanos();
  }

  /** Runs a round if one is due; called about once a second. */
  void tick() {
    if (parts.time().nanos() - doneAt >= parts.settings().janitorInterval().toNanos()) {
      round();
    }
  }

  void round() {
    doneAt = parts.time().nanos();
    List<AccessIndex.Known> known = index.all();
    List<AccessIndex.Known> closed = known.stream().filter(one -> one.open().isEmpty()).toList();
    known.stream().filter(one -> one.open().isPresent()).forEach(this::examine);
    all.few(closed).forEach(this::examine);
    pinned.few(closed.stream().filter(one -> one.use().pinned()).toList()).forEach(this::examine);
  }

  private void examine(AccessIndex.Known known) {
    try (Title title = opener.apply(known.use().key())) {
      Generation generation = title.generation().orElse(null);
      TitleFiles files = generation == null ? null : generation.files().orElse(null);
      if (generation == null || files == null) {
        return;
      }
      if (files.media().isGone()) {
        discard(title);
        return;
      }
      generation.invalidate(missing(generation, files.media()), "the bytes are missing on disk");
      if (known.use().pinned() && !title.isKept()) {
        index.unpin(title);
      }
    } catch (IOException e) {
      LOG.warn("event=scrub-failed key={}", known.use().key(), e);
    }
  }

  /** Holds the writer lock, so that no file is renamed meanwhile. */
  private static RangeSet missing(Generation generation, Media media) throws IOException {
    generation.title().writerLock().acquireUninterruptibly();
    try {
      RangeSet durable = generation.presence().durable();
      return media.missing(generation.present(), durable);
    } finally {
      generation.title().writerLock().release();
    }
  }

  /**
   * Discards a title without its media file. A reader has the file open and continues; then a later
   * round discards the title.
   */
  private void discard(Title title) {
    long bytes = title.generation().map(Generation::present).orElse(RangeSet.EMPTY).size();
    if (discard.test(title)) {
      parts.invalidate(title.key(), bytes, "its media file is gone");
      index.note(title);
    }
  }
}
