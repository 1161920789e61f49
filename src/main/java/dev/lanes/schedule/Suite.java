package dev.lanes.schedule;

import dev.lanes.run.RunRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named run that Lanes brings.
 *
 * @param name what it is submitted by, {@code article-pi}
 * @param about what it answers
 * @param run as it is submitted, but for what depends on the hosts: lines of interpreters that no
 *     host has are left out, and workers and interpreters that it does not name are filled in
 * @param reference figures of others that its results are shown beside; null when there are none
 */
public record Suite(
    String name, String title, String about, RunRequest run, @Nullable Reference reference) {

  /**
   * Published figures of the same work on another machine. Only their ratios can be compared.
   *
   * @param title where they are from, in words
   * @param source address of the raw figures
   * @param machine what they were measured on
   * @param baseline model that every ratio is to
   * @param measure that comes nearest to what was published
   * @param values what was published
   */
  public record Reference(
      String title,
      String source,
      String machine,
      String baseline,
      String measure,
      List<Value> values) {

    public Reference {
      values = List.copyOf(values);
    }
  }

  /**
   * One published figure.
   *
   * @param where the axes that it belongs to, {@code {"digits": 200}}; those it does not name may
   *     have any value
   * @param model execution model that comes nearest to what was run
   * @param seconds mean of a batch
   */
  public record Value(Map<String, Object> where, String model, double seconds) {}
}
