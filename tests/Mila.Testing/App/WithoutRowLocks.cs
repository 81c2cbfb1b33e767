using Mila.BuildingBlocks.Documents;

namespace Mila.Testing.App;

/// <summary>The control of a race test: while it lasts nobody waits for a locked row, so what the lock protects must break. Only for test programs that run one class at a time.</summary>
public sealed class WithoutRowLocks : IDisposable
{
    public WithoutRowLocks() => RowLock.Enabled = false;

    public void Dispose() => RowLock.Enabled = true;
}
