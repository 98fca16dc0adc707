package streamcache.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an account takes validators for, and when it sends them. */
final class ValidatorTrustTest {

  private final FakeAccount provider = new FakeAccount();
  private final Effects effects = new Effects();

  private ValidatorTrust trust(String setting) {
    return new ValidatorTrust(
        Optional.of(setting).filter(text -> !text.isEmpty()).map("1"::equals), provider, effects);
  }

  private RangeSupport support(String setting) {
    return new RangeSupport(
        trust(setting), new RangeRefusals(/* hasRanges= */ true, provider, effects), /* now= */ 1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false, CHECKED, true",
    "'', false, true, DISPUTED, false",
    "'', true, false, IGNORED, false",
    "'', true, true, IGNORED, false",
    "0, false, false, IGNORED, false",
    "0, false, true, IGNORED, false",
    "1, false, false, TRUSTED, true",
    "1, true, false, TRUSTED, true",
    "1, true, true, TRUSTED, true",
  })
  void use_settingThenLesson(
      String setting, boolean areArbitrary, boolean differed, ValidatorUse use, boolean sends) {
    provider.validators = new ValidatorLessons(areArbitrary, /* defeatRanges= */ false);
    RangeSupport support = support(setting);
    if (differed) {
      support.validatorsDiffered();
    }
    assertThat(support.validators()).isEqualTo(use);
    assertThat(support.sendsIfRange()).isEqualTo(sends);
  }

  @Test
  void validatorsRefuted_areIgnoredFromThenOn_andLearnedOnce() {
    RangeSupport support = support("");
    support.validatorsDiffered();
    support.validatorsRefuted();
    support.validatorsRefuted();
    assertThat(support.validators()).isEqualTo(ValidatorUse.IGNORED);
    assertThat(effects.take())
        .isEqualTo(List.of(new Effect.LearnValidators(new ValidatorLessons(true, false))));
  }

  @Test
  void wholeForIfRange_isAskedAgainOnce_andLearnedWhenTheRangeIsGiven() {
    RangeSupport support = support("");
    WholeResponse whole = new WholeResponse(true, /* offersRanges= */ false, false);
    assertThat(support.asksAgain(whole)).isTrue();
    assertThat(support.sendsIfRange()).isFalse();
    support.gaveRangeUnconditionally();
    assertThat(effects.take())
        .isEqualTo(List.of(new Effect.LearnValidators(new ValidatorLessons(false, true))));
    assertThat(support.validators()).as("they still vouch").isEqualTo(ValidatorUse.CHECKED);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, true, false",
    "false, true, false, false",
    "false, false, false, false",
    "true, false, false, false",
  })
  void whole_notForIfRange_isTakenAsItIs(
      boolean ignoresRanges, boolean hadIfRange, boolean offersRanges, boolean asksAgain) {
    provider.ignoresRanges = ignoresRanges;
    provider.givesRanges = false;
    RangeSupport support = support("");
    assertThat(support.asksAgain(new WholeResponse(hadIfRange, offersRanges, false)))
        .isEqualTo(asksAgain);
  }

  @Test
  void rangeGiven_ifRangeWasNotDoubted_teachesNothing() {
    RangeSupport support = support("");
    support.gaveRangeUnconditionally();
    assertThat(effects.take()).isEmpty();
  }
}
