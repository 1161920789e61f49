package dev.lanes.machine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Numbers of logical processors in the kernel's notation, as {@code 0-3,8}.
 *
 * @param numbers ascending, each once
 */
record CpuList(List<Integer> numbers) {

  static final CpuList NONE = new CpuList(List.of());

  CpuList {
    numbers = List.copyOf(new TreeSet<>(numbers));
  }

  /** Empty where the text is no such list. */
  static Optional<CpuList> parse(String text) {
    String list = text.strip();
    if (!list.matches("\\d{1,6}(-\\d{1,6})?(,\\d{1,6}(-\\d{1,6})?)*")) {
      return Optional.empty();
    }
    return Optional.of(
        new CpuList(
            List.of(list.split(",")).stream()
                .map(range -> range.split("-"))
                .flatMap(ends ->
                    IntStream.rangeClosed(
                            Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                        .boxed())
                .toList()));
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  int size() {
    return numbers.size();
  }

  /** The last so many of them, or all where there are no more. */
  CpuList last(int count) {
    return new CpuList(numbers.subList(Math.max(0, size() - count), size()));
  }

  CpuList retain(CpuList others) {
    return where(others.numbers, true);
  }

  CpuList remove(CpuList others) {
    return where(others.numbers, false);
  }

  private CpuList where(Collection<Integer> others, boolean contained) {
    return new CpuList(
        numbers.stream().filter(number -> others.contains(number) == contained).toList());
  }

  /** With commas only: every program that takes such a list understands it. */
  @Override
  public String toString() {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
