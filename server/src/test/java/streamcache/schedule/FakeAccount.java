package streamcache.schedule;

import java.time.Duration;
import java.util.Optional;

/** An account configured by a test. */
final class FakeAccount implements ObservedProvider {

  boolean mayFill = true;
  boolean isCrowded;
  boolean ignoresRanges;
  boolean givesRanges = true;
  boolean refusesRanges;
  ValidatorLessons validators = ValidatorLessons.NONE;

  /** Rules that set only the number of connections. */
  static AccountRules rules(int connections) {
    return new AccountRules(
        connections,
        Optional.empty(),
        /* hasRanges= */ true,
        /* trustsValidators= */ Optional.empty(),
        /* namesAgent= */ false,
        /* completeAfter= */ 0,
        /* sharesBandwidth= */ false,
        /* rangeTeeThreshold= */ 20 << 20,
        /* placeWaitMax= */ Duration.ofSeconds(12),
        /* seed= */ 1);
  }

  AccountMachine machine(int connections, long now) {
    return new AccountMachine(rules(connections), this, Learned.NONE, Optional.empty(), now);
  }

  @Override
  public boolean ignoresRanges() {
    return ignoresRanges;
  }

  @Override
  public boolean givesRanges() {
    return givesRanges;
  }

  @Override
  public boolean refusesRanges() {
    return refusesRanges;
  }

  @Override
  public ValidatorLessons validators() {
    return validators;
  }

  @Override
  public Optional<String> agent() {
    return Optional.empty();
  }

  @Override
  public boolean mayFill() {
    return mayFill;
  }

  @Override
  public boolean mayFillAgain() {
    return true;
  }

  @Override
  public boolean isCrowded() {
    return isCrowded;
  }
}
