namespace Mila.Partners.Tests;

/// <summary>Classes whose controls switch a lock off for the whole program: nothing runs beside them.</summary>
[CollectionDefinition(nameof(LocksOff), DisableParallelization = true)]
public sealed class LocksOff;
