package dev.lanes.host;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface HostRepository extends Repository<Host, UUID> {

  Optional<Host> findById(UUID id);

  Optional<Host> findByName(String name);

  /** Nothing else changes the host until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select h from Host h where h.name = :name")
  Optional<Host> lockByName(String name);

  /** With their interpreters by one statement: every submission asks, and hosts are many. */
  @Query("select h from Host h left join fetch h.interpreters order by h.name")
  List<Host> findAllByOrderByName();

  Host save(Host host);

  void flush();

  @Modifying(flushAutomatically = true)
  @Query(
      """
      update Host h
      set h.state = 'quarantined', h.stateReason = :reason, h.version = h.version + 1
      where h.id = :id and h.state <> 'quarantined'
      """)
  int quarantine(UUID id, String reason);
}
