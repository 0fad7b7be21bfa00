package hudson.search;

/** Something the search box finds. */
public interface SearchItem {
    String getSearchName();

    String getSearchUrl();
}
