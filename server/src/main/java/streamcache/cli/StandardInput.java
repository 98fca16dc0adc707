package streamcache.cli;

import java.io.InputStream;
import streamcache.catalog.CatalogSource;

/** A playlist that another program pipes into the command. */
record StandardInput(InputStream in) implements CatalogSource {

  @Override
  public String shownName() {
    return "standard input";
  }

  @Override
  public InputStream open() {
    return in;
  }
}
