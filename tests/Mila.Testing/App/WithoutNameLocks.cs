using Mila.BuildingBlocks.Documents;

namespace Mila.Testing.App;

/// <summary>The control of a race for names: while it lasts nobody waits for a turn, so that many draw the same name. Only for test programs that run one class at a time.</summary>
public sealed class WithoutNameLocks : IDisposable
{
    public WithoutNameLocks() => NameLock.Enabled = false;

    public void Dispose() => NameLock.Enabled = true;
}
