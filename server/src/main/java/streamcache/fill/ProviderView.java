package streamcache.fill;

import java.util.Optional;
import streamcache.schedule.GlobalConnectionLimit;
import streamcache.schedule.ObservedProvider;
import streamcache.schedule.ValidatorLessons;

/** The view of a provider that its account's machine reads. Any thread; no I/O. */
record ProviderView(ProfileStore profile, FillGate gate, GlobalConnectionLimit limit)
    implements ObservedProvider {

  @Override
  public boolean ignoresRanges() {
    return profile.ignoresRanges();
  }

  @Override
  public boolean givesRanges() {
    return profile.givesRanges();
  }

  @Override
  public boolean refusesRanges() {
    return profile.refusesRanges();
  }

  @Override
  public ValidatorLessons validators() {
    return profile.validators();
  }

  @Override
  public Optional<String> agent() {
    return profile.agent();
  }

  @Override
  public boolean mayFill() {
    return gate.isOpen();
  }

  @Override
  public boolean mayFillAgain() {
    return gate.opensAgain();
  }

  @Override
  public boolean isCrowded() {
    return limit.isShort();
  }
}
