package streamcache.fill;

import streamcache.link.AccountId;
import streamcache.schedule.AccountStatus;

/** An account that has something to do, at one moment. */
public record AccountView(AccountId id, AccountStatus status) {}
