package dev.lanes.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface HostRepository extends Repository<Host, UUID> {

  Optional<Host> findByName(String name);

  Optional<Host> findById(UUID id);

  List<Host> findAllByOrderByName();

  Host save(Host host);

  @Modifying
  @Query("update Host h set h.lastSeenAt = :now where h.name = :name and h.agent = :agent")
  int seen(String name, String agent, Instant now);
}
