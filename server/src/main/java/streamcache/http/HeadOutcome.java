package streamcache.http;

/** The result of parsing a request head. */
sealed interface HeadOutcome permits RequestHead, EarlyResponse {}
