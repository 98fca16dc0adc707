package streamcache.bench.sim;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import streamcache.fill.AccountState;
import streamcache.fill.AccountState.Claim;
import streamcache.fill.AccountState.ConnectionState;
import streamcache.fill.AccountState.DemandState;
import streamcache.fill.AccountState.TitleState;

/** What {@link Ours} knows of the provider and of the players when it decides. */
interface Knowledge {

  /** A connection is on its way. */
  void opened();

  /** It brings bytes. */
  void answered(Download download);

  /**
   * It is over.
   *
   * @return seconds after which there is something new to decide
   */
  OptionalDouble ended(Download download);

  /** Four times a second. */
  void tick();

  /** Whether the film is left alone since it was refused. */
  boolean isPaused(Copy copy);

  AccountState state(List<TitleState> titles);

  DemandState state(Request request);

  /** Bytes a second that it takes of the line for sure. */
  double claims(Request request);

  ConnectionState state(Download download);

  /**
   * A film with who wants what of it.
   *
   * @param watched for how many seconds
   * @param isAdmitted whether those who want it get it
   */
  default TitleState state(
      Copy copy,
      double watched,
      boolean isAdmitted,
      List<Request> requests,
      List<Download> downloads) {
    return new TitleState(
        copy.key(),
        /* known= */ true,
        OptionalLong.of(copy.end()),
        copy.present(),
        /* ranges= */ true,
        /* most= */ Integer.MAX_VALUE,
        /* fill= */ true,
        watched,
        new Claim(isAdmitted, requests.stream().mapToDouble(this::claims).max().orElse(0)),
        isPaused(copy),
        requests.stream().map(this::state).toList(),
        downloads.stream().map(this::state).toList());
  }
}
