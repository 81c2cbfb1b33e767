using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Security;

/// <summary>Why a caller with a valid credential is not let in.</summary>
internal static class SecurityErrors
{
    /// <summary>Names the scope that would have opened the operation.</summary>
    public static ForbiddenError ScopeMissing(string? scope) => scope is null
        ? new("scope-missing", "No scope opens this operation.", "Aucune portée n’ouvre cette opération.")
        : new("scope-missing", $"This operation needs the scope {scope}.", $"Cette opération demande la portée {scope}.");
}
