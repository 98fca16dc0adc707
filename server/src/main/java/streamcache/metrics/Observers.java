package streamcache.metrics;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import streamcache.fill.Checked;
import streamcache.fill.Ending;
import streamcache.fill.FillListener;
import streamcache.link.AccountId;
import streamcache.link.TitleKey;
import streamcache.origin.Failure;
import streamcache.playback.PlaybackListener;
import streamcache.playback.PlaybackRecord;
import streamcache.playback.Request;
import streamcache.store.StoreException;
import streamcache.store.StoreListener;
import streamcache.trouble.Rejection;
import streamcache.trouble.RejectionListener;

/** Passes every event to all listeners: the meters, the log, and what informs other programs. */
public final class Observers
    implements PlaybackListener, FillListener, StoreListener, RejectionListener {

  private final List<PlaybackListener> playback;
  private final List<FillListener> fill;
  private final List<StoreListener> store;
  private final List<RejectionListener> objection;

  public Observers(
      List<PlaybackListener> playback,
      List<FillListener> fill,
      List<StoreListener> store,
      List<RejectionListener> objection) {
    this.playback = List.copyOf(playback);
    this.fill = List.copyOf(fill);
    this.store = List.copyOf(store);
    this.objection = List.copyOf(objection);
  }

  @Override
  public void started() {
    playback.forEach(PlaybackListener::started);
  }

  @Override
  public void ended(PlaybackRecord record) {
    playback.forEach(listener -> listener.ended(record));
  }

  @Override
  public void refused(PlaybackRecord record) {
    playback.forEach(listener -> listener.refused(record));
  }

  @Override
  public void turnedAway(Request request, InetAddress client, Rejection why) {
    objection.forEach(listener -> listener.turnedAway(request, client, why));
  }

  @Override
  public void opened(TitleKey title, AccountId account, long start, Duration firstByte) {
    fill.forEach(listener -> listener.opened(title, account, start, firstByte));
  }

  @Override
  public void closed(
      TitleKey title, AccountId account, long bytes, long stored, boolean answered, Ending ending) {
    fill.forEach(listener -> listener.closed(title, account, bytes, stored, answered, ending));
  }

  @Override
  public void completed(TitleKey title, long total) {
    fill.forEach(listener -> listener.completed(title, total));
  }

  @Override
  public void checked(TitleKey title, AccountId account, Checked outcome) {
    fill.forEach(listener -> listener.checked(title, account, outcome));
  }

  @Override
  public void failed(TitleKey title, AccountId account, Failure failure) {
    fill.forEach(listener -> listener.failed(title, account, failure));
  }

  @Override
  public void evicted(TitleKey key, long bytes) {
    store.forEach(listener -> listener.evicted(key, bytes));
  }

  @Override
  public void trouble(StoreException.Cause cause, String sentence) {
    store.forEach(listener -> listener.trouble(cause, sentence));
  }

  @Override
  public void healed() {
    store.forEach(StoreListener::healed);
  }

  @Override
  public void atLimit() {
    store.forEach(StoreListener::atLimit);
  }

  @Override
  public void distrusted(TitleKey key, long bytes, String reason) {
    store.forEach(listener -> listener.distrusted(key, bytes, reason));
  }
}
