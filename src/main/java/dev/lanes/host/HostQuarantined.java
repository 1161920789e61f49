package dev.lanes.host;

/** Told inside the transaction in which a host is quarantined. */
public record HostQuarantined(String name, String reason) {}
