package dev.lanes.schedule;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import dev.lanes.run.RunRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A suite as it is saved.
 *
 * @param name what it is submitted by; letters, digits, {@code . _ -}
 * @param title one line; the name unless given
 * @param about what it answers
 * @param run as a run is submitted, with every axis named
 */
record SuiteRequest(
    @Schema(requiredMode = REQUIRED) @Nullable String name,
    @Nullable String title,
    @Nullable String about,
    @Schema(requiredMode = REQUIRED) @Nullable RunRequest run) {}
