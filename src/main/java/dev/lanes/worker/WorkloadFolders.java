package dev.lanes.worker;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/** The folders with further workloads, {@code lanes.workloads}, which every role shares. */
@ConfigurationProperties("lanes")
record WorkloadFolders(@Name("workloads") @DefaultValue List<Path> folders) {}
