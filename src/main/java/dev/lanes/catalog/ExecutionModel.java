package dev.lanes.catalog;

import org.jspecify.annotations.Nullable;

/**
 * How the tasks of a workload are spread. What distinguishes two models is in the id, never left to
 * a default of Python.
 *
 * @param id {@code threads}, {@code processes:spawn}
 * @param file name of the Python file without its ending, {@code processes}
 * @param variant what follows the colon of the id, or null
 * @param starts what is started
 * @param handover how a task and its result travel
 * @param create what lies in {@code create_seconds}
 * @param since oldest CPython that can run it, {@code 3.12}; null when every measured one can
 * @param serves whether it also answers the requests of a {@link Workload.Kind#SERVER} workload
 */
public record ExecutionModel(
    String id,
    String file,
    @Nullable String variant,
    String title,
    String summary,
    String starts,
    String handover,
    String create,
    @Nullable String since,
    boolean serves) {}
