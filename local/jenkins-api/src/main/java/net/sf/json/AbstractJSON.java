package net.sf.json;

/** Base of JSON values. */
abstract class AbstractJSON implements JSON {
    private static final long serialVersionUID = 1L;
}
