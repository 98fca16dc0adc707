package streamcache.fill;

import streamcache.origin.OriginException;

/** Asks a provider something that is no film, on one connection; blocks. */
public interface Aside<T> {

  T ask() throws OriginException;
}
