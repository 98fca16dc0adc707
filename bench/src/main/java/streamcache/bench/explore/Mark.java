package streamcache.bench.explore;

/** Branches that are rare but must be reached by a good number of histories. */
enum Mark {
  REFUSED,
  COOL_DOWN_LEARNED,
  LIMIT_LEARNED,
  GIVEN_UP,
  HANDED_OVER,
  PAST_THE_STORE,
  PAST_ENDED_FOR_ANOTHER,
  WITHOUT_RANGES,
  ANOTHER_FILE,
  VALIDATORS_DIFFERED,
  VALIDATORS_REFUTED,
  WHOLE_FOR_IF_RANGE,
  USED_ELSEWHERE,
  WITHOUT_SLOT,
  CROWDED,
  NO_THREAD,
  RESTARTED,
  SLEPT,
  COMPLETED
}
