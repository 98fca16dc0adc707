package streamcache.settings;

/** What happens to another film if the bandwidth of a provider does not suffice for all. */
public enum AdmissionPolicy {
  /** The films that play keep the bandwidth; the other one is refused with a message. */
  FIRST,
  /** The other one starts as well, with the bandwidth that the earlier ones leave. */
  SHARE
}
