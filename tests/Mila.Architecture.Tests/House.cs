using System.Reflection;
using System.Xml.Linq;
using Mila.BuildingBlocks.Documents;

namespace Mila.Architecture.Tests;

/// <summary>The house as it stands on disk: nothing here is listed by hand.</summary>
internal static class House
{
    private static readonly string[] Found = [.. Directory.GetDirectories(Path.Combine(FindRoot(), "src", "Modules")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static string Root { get; } = FindRoot();

    /// <summary>The folders of <c>src/Modules</c>. No rule judges before it has found all six.</summary>
    public static IReadOnlyList<string> Modules
    {
        get
        {
            Found.Length.ShouldBe(6, string.Join(", ", Found));
            return Found;
        }
    }

    public static TheoryData<string> EachModule => [.. Modules];

    /// <summary>Every project file of ours.</summary>
    public static IReadOnlyList<string> Projects =>
        [.. new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)).Where(IsOurs).Order(StringComparer.Ordinal)];

    public static string Project(string module) => Path.Combine(Root, "src", "Modules", module, $"Mila.{module}", $"Mila.{module}.csproj");

    public static string ContractsProject(string module) => Path.Combine(Root, "src", "Modules", module, $"Mila.{module}.Contracts", $"Mila.{module}.Contracts.csproj");

    public static string Card(string module) => Path.Combine(Root, "src", "Modules", module, "README.md");

    public static Assembly Assembly(string module) => System.Reflection.Assembly.Load($"Mila.{module}");

    public static Assembly Contracts(string module) => System.Reflection.Assembly.Load($"Mila.{module}.Contracts");

    /// <summary>Names of the projects that a project file references itself.</summary>
    public static IReadOnlyList<string> References(string project) => [.. Included(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))];

    /// <summary>What a project file includes under one name.</summary>
    public static IEnumerable<string> Included(string project, string element) => XDocument.Load(project).Descendants(element).Select(r => r.Attribute("Include")!.Value);

    /// <summary>The notifications that a module publishes.</summary>
    public static IReadOnlyList<Type> Notifications(string module) =>
        [.. Contracts(module).GetTypes().Where(t => t.IsAssignableTo(typeof(MediatR.INotification)))];

    /// <summary>Which handlers of a module take which notifications.</summary>
    public static IReadOnlyList<(Type Handler, Type Notification)> Handlers(string module) =>
        [.. Assembly(module).GetTypes().Where(t => !t.IsAbstract)
            .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MediatR.INotificationHandler<>)).Select(i => (t, i.GetGenericArguments()[0])))];

    /// <summary>The documents of a module; every module has some.</summary>
    public static IReadOnlyList<Type> Documents(string module)
    {
        Type[] documents = [.. Assembly(module).GetTypes().Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(IDocument)))];
        documents.ShouldNotBeEmpty(module);
        return documents;
    }

    /// <summary>The C# files of a folder, generated ones left out; every folder that is asked about has some.</summary>
    public static IReadOnlyList<string> Sources(string folder)
    {
        string[] sources = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(IsOurs)];
        sources.ShouldNotBeEmpty(folder);
        return sources;
    }

    private static bool IsOurs(string file) =>
        !new[] { "/obj/", "/bin/", "/node_modules/" }.Any(generated => Path.GetRelativePath(FindRoot(), file).Replace('\\', '/').Contains(generated, StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mila.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("Mila.sln was not found above the tests.");
        return folder.FullName;
    }
}
