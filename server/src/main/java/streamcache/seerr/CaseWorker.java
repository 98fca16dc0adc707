package streamcache.seerr;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Works on one case: reads the state of the work in Seerr, then does what is to be done. Reading
 * first makes it safe to be killed at any moment: what arrived before is seen and not sent again.
 * Blocks; runs on the worker thread.
 */
final class CaseWorker {

  /** Makes the state of a case durable. */
  interface Keeper {
    void keep(Case state) throws IOException;
  }

  private final SeerrClient client;
  private final Identification identification;
  private final InstantSource clock;
  private final boolean dryRun;
  private final Keeper keeper;

  CaseWorker(
      SeerrClient client,
      Identification identification,
      boolean dryRun,
      InstantSource clock,
      Keeper keeper) {
    this.client = client;
    this.identification = identification;
    this.dryRun = dryRun;
    this.clock = clock;
    this.keeper = keeper;
  }

  /** Reports or requests a title; returns the new state of the case. */
  Case report(Case queued) throws SeerrException, IOException {
    Case known = queued.with(identification.identify(queued));
    if (!known.equals(queued)) {
      keeper.keep(known);
    }
    long tmdb = Long.parseLong(known.work().id().orElseThrow().value());
    SeerrMedia media = client.media(known.work().likelyKind(), tmdb);
    Optional<SeerrIssue> ours = ours(media, known);
    return switch (Step.of(media, ours, known.work(), clock.instant())) {
      case Step.Stands stands -> stands(known, stands);
      case Step.Refuse refuse -> throw SeerrException.refused("it " + refuse.words());
      case Step.Report report -> reported(known, report);
      case Step.Comment comment -> commented(known, comment);
      case Step.Request _ -> requested(known, tmdb);
    };
  }

  /** Resolves our own issue about a title that plays again; returns the new state of the case. */
  Case resolve(Case queued) throws SeerrException, IOException {
    Optional<SeerrIssue> open = openIssueOf(queued);
    Instant now = clock.instant();
    if (open.isEmpty()) {
      return closed(queued, "plays again; it has no open issue", now);
    }
    String issue = "issue " + open.get().number();
    if (dryRun) {
      return closed(queued, "would resolve " + issue, now);
    }
    keeper.keep(queued.with(progress -> progress.sendingAt(now)));
    client.resolve(open.get().number());
    return closed(queued, "resolved " + issue, clock.instant());
  }

  /**
   * Only the issue of this case: not one that somebody else opened, and not one about another copy,
   * which may still fail.
   */
  private Optional<SeerrIssue> openIssueOf(Case queued) throws SeerrException, IOException {
    Optional<Long> number = queued.deed().map(SeerrAction::number).filter(known -> known > 0);
    if (number.isPresent()) {
      return client.issue(number.get()).filter(issue -> issue.isOpen() && issue.isOf(queued));
    }
    Case known = queued.with(identification.identify(queued));
    long tmdb = Long.parseLong(known.work().id().orElseThrow().value());
    SeerrMedia media = client.media(known.work().likelyKind(), tmdb);
    return ours(media, known).filter(issue -> issue.isOf(queued));
  }

  private Optional<SeerrIssue> ours(SeerrMedia media, Case known) throws SeerrException {
    for (long number : media.openIssues()) {
      Optional<SeerrIssue> issue = client.issue(number);
      if (issue.isPresent()
          && issue.get().isOpen()
          && issue.get().isOurs()
          && issue.get().isAbout(known.work())) {
        return issue;
      }
    }
    return Optional.empty();
  }

  private Case stands(Case known, Step.Stands stands) {
    long number =
        stands.number() > 0
            ? stands.number()
            : known
                .deed()
                .filter(old -> old.kind() == stands.kind())
                .map(SeerrAction::number)
                .orElse(0L);
    // A request sent without a response did arrive: its result is visible now.
    Optional<Instant> posted = known.progress().sending().or(known::posted);
    return done(known, new SeerrAction(stands.kind(), number, posted), stands.words());
  }

  private Case reported(Case known, Step.Report report) throws SeerrException, IOException {
    if (dryRun) {
      return would(known, "would report an issue");
    }
    keeper.keep(known.with(progress -> progress.sendingAt(clock.instant())));
    long number = client.report(report.media(), Message.report(known), known.work());
    return posted(known, SeerrAction.Kind.REPORTED, number, "reported as issue " + number);
  }

  private Case commented(Case known, Step.Comment comment) throws SeerrException, IOException {
    long number = comment.issue();
    if (dryRun) {
      return would(known, "would comment on issue " + number);
    }
    keeper.keep(known.with(progress -> progress.sendingAt(clock.instant())));
    client.comment(number, Message.comment(known));
    return posted(known, SeerrAction.Kind.REPORTED, number, "commented on issue " + number);
  }

  private Case requested(Case known, long tmdb) throws SeerrException, IOException {
    if (dryRun) {
      return would(known, "would request it");
    }
    keeper.keep(known.with(progress -> progress.sendingAt(clock.instant())));
    MediaIdentity work = known.work();
    return switch (client.request(work.likelyKind(), tmdb, work.season())) {
      case SeerrClient.Asked.Made(long number) ->
          posted(known, SeerrAction.Kind.REQUESTED, number, "requested as number " + number);
      case SeerrClient.Asked.Already _ ->
          done(
              known,
              new SeerrAction(SeerrAction.Kind.REQUESTED, 0, known.posted()),
              "was requested before");
    };
  }

  private Case posted(Case known, SeerrAction.Kind kind, long number, String words) {
    return done(known, new SeerrAction(kind, number, Optional.of(clock.instant())), words);
  }

  private Case done(Case known, SeerrAction action, String words) {
    return known.with(
        progress -> progress.knowing(Optional.of(action)).to(State.DONE, words, clock.instant()));
  }

  private Case would(Case known, String words) {
    return known.with(
        progress -> progress.knowing(known.deed()).to(State.WOULD, words, clock.instant()));
  }

  private static Case closed(Case known, String words, Instant now) {
    return known.with(progress -> progress.knowing(known.deed()).to(State.CLOSED, words, now));
  }
}
