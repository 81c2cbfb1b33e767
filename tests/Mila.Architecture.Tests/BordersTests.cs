using System.Reflection;
using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Documents;

namespace Mila.Architecture.Tests;

public class BordersTests
{
    public static TheoryData<string> Modules => House.EachModule;

    [Fact]
    public void All_six_modules_stand_on_disk()
    {
        foreach (var module in House.Modules)
        {
            File.Exists(House.Project(module)).ShouldBeTrue(module);
            File.Exists(House.ContractsProject(module)).ShouldBeTrue(module);
            Directory.Exists(Path.Combine(House.Root, "tests", $"Mila.{module}.Tests")).ShouldBeTrue(module);
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_references_contracts_and_never_another_module(string module)
    {
        var references = House.References(House.Project(module));

        references.ShouldContain($"Mila.{module}.Contracts");
        foreach (var reference in references) reference.ShouldEndWith(".Contracts", Case.Sensitive, $"{module} references {reference}");
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_modules_assembly_uses_no_other_modules_assembly(string module)
    {
        var used = House.Assembly(module).GetReferencedAssemblies().Select(a => a.Name!).ToArray();

        used.ShouldContain("Mila.BuildingBlocks");
        used.ShouldNotContain(name => House.Modules.Any(other => name == $"Mila.{other}"));
    }

    [Fact]
    public void What_all_stand_on_knows_no_module()
    {
        var project = House.Projects.Single(p => p.EndsWith("/Mila.BuildingBlocks.csproj", StringComparison.Ordinal));
        var used = Assembly.Load("Mila.BuildingBlocks").GetReferencedAssemblies().Select(a => a.Name!).ToArray();

        used.ShouldContain("Marten");
        House.References(project).Concat(used).ShouldNotContain(name => House.Modules.Any(module => name.StartsWith($"Mila.{module}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_host_and_tests_put_modules_together()
    {
        var sources = House.Projects.Where(p => Path.GetRelativePath(House.Root, p).StartsWith("src", StringComparison.Ordinal)).ToArray();
        var knowing = sources.Where(p => House.References(p).Any(r => House.Modules.Any(module => r == $"Mila.{module}"))).Select(Path.GetFileNameWithoutExtension);

        sources.Length.ShouldBeGreaterThan(2 * House.Modules.Count);
        knowing.ShouldBe(["Mila.Host"]);
    }

    [Fact]
    public void The_host_runs_every_module()
    {
        var modules = (IReadOnlyList<IModule>)Assembly.Load("Mila.Host").GetType("Mila.Host.MilaApp")!.GetProperty("Modules")!.GetValue(null)!;

        modules.Select(m => m.Name).Order(StringComparer.Ordinal).ShouldBe(House.Modules);
        House.References(House.Projects.Single(p => p.EndsWith("/Mila.Host.csproj", StringComparison.Ordinal))).Except(["MediatR.Contracts", "Mila.BuildingBlocks"], StringComparer.Ordinal)
            .ShouldBe(House.Modules.Select(m => $"Mila.{m}"), ignoreOrder: true);
    }

    [Fact]
    public void Contracts_reference_MediatRs_notification_and_nothing_else()
    {
        var used = House.Modules.SelectMany(m => House.Contracts(m).GetReferencedAssemblies().Select(a => a.Name!)).ToArray();

        used.ShouldContain("MediatR.Contracts");
        used.ShouldAllBe(name => name == "MediatR.Contracts" || name.StartsWith("System.", StringComparison.Ordinal));
        foreach (var module in House.Modules)
        {
            House.References(House.ContractsProject(module)).ShouldBeEmpty(module);
            House.Included(House.ContractsProject(module), "PackageReference").ShouldBeEmpty(module);
        }
    }

    [Fact]
    public void Contracts_hold_sealed_records_of_primitives_that_are_notifications()
    {
        var types = House.Modules.SelectMany(m => House.Contracts(m).GetExportedTypes()).ToArray();

        types.ShouldNotBeEmpty();
        types.SelectMany(ContractFaults).ShouldBeEmpty();
        House.Modules.SelectMany(m => House.Contracts(m).GetTypes()).Where(t => !t.IsVisible && t.Namespace?.StartsWith("Mila", StringComparison.Ordinal) == true).ShouldBeEmpty("contracts hide nothing");
    }

    [Theory]
    [InlineData(typeof(Planted.OpenRecord), "is not sealed")]
    [InlineData(typeof(Planted.PlainClass), "is no record")]
    [InlineData(typeof(Planted.Query), "is no notification")]
    [InlineData(typeof(Planted.LeaseEndedEvent), "has a suffix")]
    [InlineData(typeof(Planted.OfNobody), "names no aggregate first")]
    [InlineData(typeof(Planted.WithEnum), "Day is no primitive")]
    [InlineData(typeof(Planted.WithObject), "Member is no primitive")]
    [InlineData(typeof(Planted.WithList), "Members is no primitive")]
    public void A_contract_that_breaks_the_rule_is_caught(Type type, string fault) => ContractFaults(type).ShouldContain($"{type.Name} {fault}");

    [Fact]
    public void A_contract_that_keeps_it_is_not() => ContractFaults(typeof(Planted.LeaseEnded)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Modules))]
    public void A_modules_face_is_one_public_type(string module)
    {
        var exported = House.Assembly(module).GetExportedTypes();

        exported.Length.ShouldBe(1, string.Join(", ", exported.Select(t => t.Name)));
        exported[0].ShouldBe(House.Assembly(module).GetType($"Mila.{module}.{module}Module"));
        exported[0].IsAssignableTo(typeof(IModule)).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_keeps_its_documents_in_its_own_schema(string module)
    {
        var instance = (IModule)Activator.CreateInstance(House.Assembly(module).GetExportedTypes()[0])!;
        var options = new Marten.StoreOptions();
        options.Connection("Host=unused");
        instance.ConfigureDocuments(new ModuleDocuments(options, instance.Name.ToLowerInvariant()));

        instance.Name.ShouldBe(module);
        using var store = new Marten.DocumentStore(options);
        foreach (var document in House.Documents(module)) ((Marten.IReadOnlyStoreOptions)store.Options).FindOrResolveDocumentType(document).TableName.Schema.ShouldBe(module.ToLowerInvariant(), document.Name);
    }

    [Fact]
    public void No_module_reads_another_modules_schema()
    {
        foreach (var module in House.Modules)
        {
            foreach (var file in House.Sources(Path.Combine(House.Root, "src", "Modules", module)))
            {
                var text = File.ReadAllText(file);
                foreach (var other in House.Modules.Where(o => o != module)) Reads(text, other).ShouldBeFalse($"{file} reads {other}");
            }
        }
    }

    [Theory]
    [InlineData("select * from events.mt_doc_event", true)]
    [InlineData("join Events.seats s on true", true)]
    [InlineData("insert into\n  events.seats", true)]
    [InlineData("update only events.seats", true)]
    [InlineData("\"events\".\"seats\"", true)]
    [InlineData("nextval('events.numbers')", true)]
    [InlineData("events.mt_doc_event", true)]
    [InlineData("from hosting.mt_doc_lease", false)]
    [InlineData("var found = events.Where(e => e.IsOpen);", false)]
    [InlineData("RequireScope(\"events:read\")", false)]
    public void A_statement_that_reads_another_schema_is_caught(string text, bool caught) => Reads(text, "Events").ShouldBe(caught);

    private static bool Reads(string text, string other) =>
        Regex.IsMatch(text, $"""\b(from|join|into|update|only|table|using)\s+"?{other}"?\.|'{other}\.|"{other}"\."|\b{other}\.mt_""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    /// <summary>What a public type of a contracts assembly does that none may (DESIGN "Borders", rule 2).</summary>
    private static IEnumerable<string> ContractFaults(Type type)
    {
        if (!type.IsSealed) yield return $"{type.Name} is not sealed";
        if (!type.IsAssignableTo(typeof(MediatR.INotification))) yield return $"{type.Name} is no notification";
        if (type.GetMethod("<Clone>$") is null) yield return $"{type.Name} is no record";
        if (Regex.IsMatch(type.Name, "(Event|Message|Notification|Command|Query)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))) yield return $"{type.Name} has a suffix";
        if (type.GetConstructors() is not [var constructor] || constructor.GetParameters() is not [{ ParameterType: { } first }, ..] || first != typeof(Guid)) yield return $"{type.Name} names no aggregate first";
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !IsPrimitive(p.PropertyType))) yield return $"{type.Name} {property.Name} is no primitive";
    }

    private static bool IsPrimitive(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(decimal)
        || (Nullable.GetUnderlyingType(type) is { } underlying && IsPrimitive(underlying))
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && IsPrimitive(type.GetGenericArguments()[0]));

    /// <summary>Contracts as nobody may write them, and one as everybody does.</summary>
    private static class Planted
    {
        public sealed record LeaseEnded(Guid LeaseId, DateOnly On, int? Revision, IReadOnlyList<string> Codes) : MediatR.INotification;

        public record OpenRecord(Guid LeaseId) : MediatR.INotification;

        public sealed record OfTheOpenOne(Guid LeaseId) : OpenRecord(LeaseId);

        public sealed class PlainClass(Guid leaseId) : MediatR.INotification
        {
            public Guid LeaseId => leaseId;
        }

        public sealed record Query(Guid LeaseId);

        public sealed record LeaseEndedEvent(Guid LeaseId) : MediatR.INotification;

        public sealed record OfNobody(string Code) : MediatR.INotification;

        public sealed record WithEnum(Guid LeaseId, DayOfWeek Day) : MediatR.INotification;

        public sealed record WithObject(Guid LeaseId, Query Member) : MediatR.INotification;

        public sealed record WithList(Guid LeaseId, IReadOnlyList<Query> Members) : MediatR.INotification;
    }
}
