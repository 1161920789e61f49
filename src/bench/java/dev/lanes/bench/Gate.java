package dev.lanes.bench;

/**
 * Something that a benchmark asks of the instrument.
 *
 * @param asked the limit, in words
 * @param found the figure that was compared with it, in words
 */
record Gate(String name, String asked, String found, boolean holds) {}
