package dev.lanes.schedule;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface OwnSuiteRepository extends Repository<OwnSuite, UUID> {

  List<OwnSuite> findAllByOrderByName();

  Optional<OwnSuite> findById(UUID id);

  Optional<OwnSuite> findByName(String name);

  boolean existsByName(String name);

  /** Nothing else changes the suite until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select s from OwnSuite s where s.name = :name")
  Optional<OwnSuite> lockByName(String name);

  OwnSuite save(OwnSuite suite);

  void delete(OwnSuite suite);

  void flush();
}
