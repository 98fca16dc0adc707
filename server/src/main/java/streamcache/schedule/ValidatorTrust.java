package streamcache.schedule;

import java.util.Optional;

/**
 * How far the validators of an account are trusted: as set, or else as learned. An account whose
 * validators once differed for the same bytes is from then on treated like one that sends none.
 * Part of an account.
 */
final class ValidatorTrust {

  private final Optional<Boolean> setting;
  private final ObservedProvider provider;
  private final Effects effects;
  private ValidatorLessons lessons;

  /**
   * @param setting whether to trust validators always or never; empty if that is to be learned
   */
  ValidatorTrust(Optional<Boolean> setting, ObservedProvider provider, Effects effects) {
    this.setting = setting;
    this.provider = provider;
    this.effects = effects;
    this.lessons = provider.validators();
  }

  ValidatorUse use() {
    if (setting.isPresent()) {
      return setting.get() ? ValidatorUse.TRUSTED : ValidatorUse.IGNORED;
    }
    return lessons.areArbitrary() ? ValidatorUse.IGNORED : ValidatorUse.CHECKED;
  }

  /**
   * What the validators are taken to show for one title.
   *
   * @param isDisputed whether a response for the title had others than the stored file
   */
  ValidatorUse use(boolean isDisputed) {
    ValidatorUse usual = use();
    return usual == ValidatorUse.CHECKED && isDisputed ? ValidatorUse.DISPUTED : usual;
  }

  /**
   * Whether a range request carries an If-Range. A provider that ignores ranges would ignore it,
   * too, and its response would leave open why it is whole.
   */
  boolean sendsIfRange() {
    return use().vouches() && !lessons.defeatRanges() && !provider.ignoresRanges();
  }

  /**
   * Whether the file may be whole only because of the If-Range that was sent.
   *
   * @param isOffered whether the response itself says that ranges are supported
   */
  boolean mayBlameIfRange(boolean isOffered) {
    return sendsIfRange() && (isOffered || provider.givesRanges());
  }

  /** The same bytes came with another validator. */
  void refuted() {
    learn(new ValidatorLessons(/* areArbitrary= */ true, lessons.defeatRanges()));
  }

  /** A range that was refused with an If-Range was given without one. */
  void ifRangeDefeatsRanges() {
    learn(new ValidatorLessons(lessons.areArbitrary(), /* defeatRanges= */ true));
  }

  private void learn(ValidatorLessons now) {
    if (!now.equals(lessons)) {
      lessons = now;
      effects.add(new Effect.LearnValidators(now));
    }
  }
}
