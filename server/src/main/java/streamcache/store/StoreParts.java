package streamcache.store;

import streamcache.settings.StoreSettings;

/** What every part of one open store shares. */
record StoreParts(
    StoreSettings settings,
    Layout layout,
    Disk disk,
    StoreTime time,
    int bootTag,
    Accounts accounts,
    Room room,
    Health health,
    StoreListener listener,
    Chores chores) {}
