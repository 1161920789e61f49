package dev.lanes.host;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface EnvironmentRepository extends Repository<HostEnvironment, UUID> {

  Optional<HostEnvironment> findById(UUID id);

  Optional<HostEnvironment> findByHostIdAndFingerprint(UUID hostId, String fingerprint);

  HostEnvironment save(HostEnvironment environment);
}
