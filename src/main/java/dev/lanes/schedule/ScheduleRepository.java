package dev.lanes.schedule;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ScheduleRepository extends Repository<Schedule, UUID> {

  List<Schedule> findAllByOrderByName();

  Optional<Schedule> findById(UUID id);

  boolean existsByName(String name);

  boolean existsBySuite(String suite);

  /** Those that wait for new builds. */
  List<Schedule> findByOnNewInterpreterTrueAndPausedFalse();

  /** Nothing else changes the schedule until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select s from Schedule s where s.id = :id")
  Optional<Schedule> lockById(UUID id);

  Schedule save(Schedule schedule);

  void delete(Schedule schedule);

  void flush();
}
