package streamcache.http;

/** What came of the bytes of a request head. */
sealed interface HeadOutcome permits Head, Refusal {}
