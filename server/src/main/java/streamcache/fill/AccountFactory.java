package streamcache.fill;

import java.util.concurrent.ThreadLocalRandom;
import streamcache.link.AccountId;
import streamcache.link.Link;
import streamcache.origin.ProviderProfiles;
import streamcache.schedule.AccountMachine;
import streamcache.schedule.AccountRules;
import streamcache.settings.AdmissionPolicy;
import streamcache.settings.FillSettings;
import streamcache.settings.ProviderRules;

/** Makes accounts from the settings in effect and from what is known of their providers. */
final class AccountFactory {

  /**
   * Panels with the account in the path usually allow one connection; they refuse a second, or
   * worse.
   */
  private static final int XTREAM_CONNECTIONS = 1;

  private static final int USUAL_CONNECTIONS = 4;

  /** A server of one's own counts no connections; this bounds what one title list can open. */
  private static final int LOCAL_CONNECTIONS = 32;

  private final ProviderProfiles profiles;
  private final Surroundings around;
  private volatile FillSettings settings;

  AccountFactory(FillSettings settings, ProviderProfiles profiles, Surroundings around) {
    this.settings = settings;
    this.profiles = profiles;
    this.around = around;
  }

  /** Puts other settings into effect for accounts made from now on. */
  void change(FillSettings changed) {
    settings = changed;
  }

  /** Puts the settings into effect for an account that was made before they changed. */
  void change(AccountId id, Account account) {
    ProviderRules rules = rules(id);
    int connections = new ProfileStore(id, profiles).connections(account.usualConnections());
    account.change(accountRules(rules, connections), rules.fills());
  }

  Account make(AccountId id, Link link) {
    int usual = usualConnections(link);
    ProviderRules rules = rules(id);
    ProfileStore profile = new ProfileStore(id, profiles);
    FillGate gate = new FillGate(rules.fills(), id, profiles);
    AccountMachine machine =
        new AccountMachine(
            accountRules(rules, profile.connections(usual)),
            new ProviderView(profile, gate, around.limit()),
            profile.lessons(rules.maxConnections().isPresent()),
            profile.quiet(),
            around.timer().now());
    Throttle throttle = new Throttle(rules.fills(), System.nanoTime());
    Driver driver = new Driver(machine, profile, gate, throttle, around);
    return new Account(id, driver, gate, around, usual);
  }

  ProviderRules rules(AccountId id) {
    return id.name()
        .map(settings::accountRules)
        .orElseGet(() -> settings.rules(id.host(), id.port()));
  }

  private static int usualConnections(Link link) {
    if (link.isXtream()) {
      return XTREAM_CONNECTIONS;
    }
    return link.isLocal() ? LOCAL_CONNECTIONS : USUAL_CONNECTIONS;
  }

  /**
   * @param connections the limit if the rules name none
   */
  private AccountRules accountRules(ProviderRules rules, int connections) {
    return new AccountRules(
        rules.maxConnections().orElse(connections),
        rules.coolDown(),
        rules.request().hasRanges(),
        rules.trustsValidators(),
        rules.request().namesAgent(),
        rules.fills().completeAfter(),
        rules.admission() == AdmissionPolicy.SHARE,
        settings.rangeTeeThreshold(),
        settings.placeWaitMax(),
        /* seed= */ ThreadLocalRandom.current().nextLong());
  }
}
