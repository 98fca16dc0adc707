package streamcache.store;

import java.time.Instant;

/** The clocks of the store; tests supply their own. */
interface StoreTime {

  StoreTime SYSTEM =
      new StoreTime() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }
      };

  /** For differences only. */
  long nanos();

  Instant now();
}
