package streamcache.schedule;

/**
 * What an account has learned about its provider and all its titles share.
 *
 * @param agent the User-Agent that works
 * @param trust how far its validators are trusted
 * @param ranges whether it refuses requests because of their Range
 */
record AccountLessons(AccountAgent agent, ValidatorTrust trust, RangeRefusals ranges) {}
