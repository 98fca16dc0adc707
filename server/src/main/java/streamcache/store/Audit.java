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
 * Looks whether the disk still holds what the range sets say, at the janitor's interval: in every
 * title that is open, and in a few that are not, which reading their sidecars does. What somebody
 * cut off, punched or deleted becomes holes before it is served as zeros. On the keeper thread.
 */
final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  /** Titles read from the disk a round, of all and of those that are pinned. */
  private static final int FEW = 4;

  private final StoreParts parts;
  private final Uses uses;
  private final Function<TitleKey, Title> opener;
  private final Predicate<Title> discard;
  private final Round all = new Round();
  private final Round pinned = new Round();
  private long doneAt;

  /** Where a round through all titles, in the order of their keys, has got to. */
  private static final class Round {
    private String behind = "";

    List<Uses.Known> few(List<Uses.Known> known) {
      List<Uses.Known> next =
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
   * @param opener holds a title
   * @param discard deletes a title that nobody else holds; whether it did
   */
  Audit(StoreParts parts, Uses uses, Function<TitleKey, Title> opener, Predicate<Title> discard) {
    this.parts = parts;
    this.uses = uses;
    this.opener = opener;
    this.discard = discard;
    this.doneAt = parts.time().nanos();
  }

  /** A round when it is time; called about once a second. */
  void tick() {
    if (parts.time().nanos() - doneAt >= parts.settings().janitorInterval().toNanos()) {
      round();
    }
  }

  void round() {
    doneAt = parts.time().nanos();
    List<Uses.Known> known = uses.all();
    List<Uses.Known> closed = known.stream().filter(one -> one.open().isEmpty()).toList();
    known.stream().filter(one -> one.open().isPresent()).forEach(this::examine);
    all.few(closed).forEach(this::examine);
    pinned.few(closed.stream().filter(one -> one.use().pinned()).toList()).forEach(this::examine);
  }

  private void examine(Uses.Known known) {
    try (Title title = opener.apply(known.use().key())) {
      Generation generation = title.generation().orElse(null);
      Generation.Files files = generation == null ? null : generation.files().orElse(null);
      if (generation == null || files == null) {
        return;
      }
      if (files.media().isGone()) {
        discard(title);
        return;
      }
      generation.distrust(missing(generation, files.media()), "the disk lost it");
      if (known.use().pinned() && !title.isKept()) {
        uses.unpin(title);
      }
    } catch (IOException e) {
      LOG.warn("event=audit-failed key={}", known.use().key(), e);
    }
  }

  /** With the pen, so that no file gets another name meanwhile. */
  private static RangeSet missing(Generation generation, Media media) throws IOException {
    generation.title().pen().acquireUninterruptibly();
    try {
      RangeSet durable = generation.presence().durable();
      return media.missing(generation.present(), durable);
    } finally {
      generation.title().pen().release();
    }
  }

  /** Whoever reads it has the file open and goes on; then it is fetched anew. */
  private void discard(Title title) {
    long bytes = title.generation().map(Generation::present).orElse(RangeSet.EMPTY).size();
    if (discard.test(title)) {
      parts.distrust(title.key(), bytes, "its media file is gone");
      uses.note(title);
    }
  }
}
